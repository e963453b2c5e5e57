//! Which Acts, Regulations, Rules, guidance and judgments the register cites, and where each is published.

use super::citation::Instrument;

/// The Act behind it all.
pub static CFA_2014: Instrument = Instrument {
    title: "Children and Families Act 2014",
    unit: "s. ",
    url: "https://www.legislation.gov.uk/ukpga/2014/6",
    path: "/section/",
};
/// Most time limits are here.
pub static SEND_REGS_2014: Instrument = Instrument {
    title: "SEND Regulations 2014",
    unit: "reg. ",
    url: "https://www.legislation.gov.uk/uksi/2014/1530",
    path: "/regulation/",
};
/// Children and young people in youth custody.
pub static DETAINED_REGS_2015: Instrument = Instrument {
    title: "SEND (Detained Persons) Regulations 2015",
    unit: "reg. ",
    url: "https://www.legislation.gov.uk/uksi/2015/62",
    path: "/regulation/",
};
/// Direct payments.
pub static BUDGET_REGS_2014: Instrument = Instrument {
    title: "SEN (Personal Budgets) Regulations 2014",
    unit: "reg. ",
    url: "https://www.legislation.gov.uk/uksi/2014/1652",
    path: "/regulation/",
};
/// The Tribunal's power to recommend health and social care.
pub static RECOMMENDATION_REGS_2017: Instrument = Instrument {
    title: "SEND (First-tier Tribunal Recommendations Power) Regulations 2017",
    unit: "reg. ",
    url: "https://www.legislation.gov.uk/uksi/2017/1306",
    path: "",
};
/// The Tribunal's procedure.
pub static TRIBUNAL_RULES_2008: Instrument = Instrument {
    title: "Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care Chamber) Rules 2008",
    unit: "rule ",
    url: "https://www.legislation.gov.uk/uksi/2008/2699",
    path: "/article/",
};
/// Reviews of the care plan of a looked-after child.
pub static CARE_REGS_2010: Instrument = Instrument {
    title: "Care Planning, Placement and Case Review (England) Regulations 2010",
    unit: "reg. ",
    url: "https://www.legislation.gov.uk/uksi/2010/959",
    path: "/regulation/",
};
/// Compulsory school age.
pub static EDUCATION_ACT_1996: Instrument = Instrument {
    title: "Education Act 1996",
    unit: "s. ",
    url: "https://www.legislation.gov.uk/ukpga/1996/56",
    path: "/section/",
};
/// When a person attains an age.
pub static FAMILY_LAW_ACT_1969: Instrument = Instrument {
    title: "Family Law Reform Act 1969",
    unit: "s. ",
    url: "https://www.legislation.gov.uk/ukpga/1969/46",
    path: "/section/",
};
/// Statutory guidance: to be followed unless there is good reason not to.
pub static SEND_CODE_2015: Instrument = Instrument {
    title: "SEND Code of Practice 2015",
    unit: "para. ",
    url: "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25",
    path: "",
};
/// How a period of months or weeks from an event is counted.
pub static DODDS_1981: Instrument = Instrument {
    title: "Dodds v Walker [1981] 1 WLR 1027 (HL)",
    unit: "",
    url: "https://swarb.co.uk/dodds-v-walker-hl-1981/",
    path: "",
};
/// The notice of amendments goes with the decision; the whole takes twelve weeks from the meeting.
pub static DEVON_2022: Instrument = Instrument {
    title: "R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)",
    unit: "",
    url: "https://caselaw.nationalarchives.gov.uk/ewhc/admin/2022/493",
    path: "",
};
