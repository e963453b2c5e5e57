//! The `ehc` command and its subcommands.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ehc_casework::access::{Organisation, Role, system_permit};
use ehc_casework::api::auth::development::TokenRequest;
use ehc_casework::config::Config;
use ehc_casework::db::Db;
use ehc_casework::postgres::guard;
use ehc_casework::record::AuthorityId;
use ehc_casework::record::codes::AuthorityCode;
use ehc_casework::serve::{self, Database, Failure};
use ehc_casework::service::{Error, integrity};
use ehc_casework::store::{directory, migrations};
use ehc_casework::{demo, logging};
use indicatif::{ProgressBar, ProgressStyle};
use mimalloc::MiMalloc;
use uuid::Uuid;

/// Nearly a third of the work of reading and writing entries was the system allocator's: many small texts, made and dropped.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Casework for Education, Health and Care needs assessments and plans: the server and its tools.
#[derive(Parser)]
#[command(name = "ehc", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API, on the embedded PostgreSQL unless DATABASE_URL names another
    Serve(Listen),
    /// Serves the API over fictional children held to published figures, with a token for each role
    Demo(Listen),
    /// Prints one development token and nothing else
    Token(Token),
    /// Brings the database of DATABASE_OWNER_URL up to date
    Migrate,
    /// Adds an authority, with an empty journal of its own
    Authority {
        /// The Department's three-digit code, such as 311
        #[arg(long)]
        code: AuthorityCode,
    },
    /// Prints the OpenAPI document
    Openapi,
    /// Checks every authority's journal, personal data, trail and views
    Verify(Which),
    /// Makes every view again from the journals
    Rebuild(Which),
    /// Asks the server on this machine whether it lives
    Health(Listen),
    /// Guards the embedded PostgreSQL; started by the other subcommands
    #[command(hide = true)]
    PostgresGuard(guard::Args),
}

#[derive(clap::Args)]
struct Listen {
    /// Address and port to listen on; EHC_LISTEN without it
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// A temporary database, removed at the end
    #[arg(long)]
    ephemeral: bool,
}

#[derive(clap::Args)]
struct Which {
    /// The demonstration's database instead of the server's
    #[arg(long)]
    demo: bool,
}

#[derive(clap::Args)]
struct Token {
    /// What the person does, such as `case_worker`
    #[arg(long)]
    role: Role,
    /// The Department's code of the authority they act in
    #[arg(long)]
    authority: AuthorityCode,
    /// The organisation they act for, such as `urn:100000`
    #[arg(long)]
    organisation: Option<Organisation>,
    /// Who they are; the role's name unless told
    #[arg(long)]
    subject: Option<String>,
}

fn main() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(told) => {
            // Where even standard error is closed, the exit code has to do.
            let _ = told.print();
            // EX_USAGE, unless help or the version was asked for.
            return if told.use_stderr() { ExitCode::from(64) } else { ExitCode::SUCCESS };
        }
    };
    if let Command::PostgresGuard(args) = command {
        return guard::run(args);
    }
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("ehc: {problem}"));
            return ExitCode::from(78);
        }
    };
    let done = match command {
        Command::Serve(listen) => run_server(&config, &listen),
        Command::Demo(listen) => run_demo(&config, &listen),
        Command::Token(token) => print_token(&config, token),
        Command::Migrate => migrate(&config),
        Command::Authority { code } => add_authority(&config, &code),
        Command::Openapi => print_openapi(),
        Command::Verify(which) => verify(&config, which.demo),
        Command::Rebuild(which) => rebuild(&config, which.demo),
        Command::Health(listen) => {
            let address = listen.listen.unwrap_or(config.listen);
            if serve::answers(address) { Ok(()) } else { Err(Failure::unavailable(format!("nothing answers at {address}"))) }
        }
        Command::PostgresGuard(_) => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("ehc: {}", failure.words);
            ExitCode::from(failure.code)
        }
    }
}

fn run_server(config: &Config, listen: &Listen) -> Result<(), Failure> {
    logging::start(&config.log, config.log_format);
    let database = Database::open(config, "ehc", listen.ephemeral)?;
    let db = serve::connect(config, &database);
    let files = database.files(config)?;
    let ended = serve::run(config, &db, &files, listen.listen.unwrap_or(config.listen), |address| {
        log::info!("serving on http://{address}, documentation at /docs");
    });
    database.close();
    ended
}

fn run_demo(config: &Config, listen: &Listen) -> Result<(), Failure> {
    logging::start("warn", config.log_format);
    let database = Database::open(config, "demo", listen.ephemeral)?;
    let db = serve::connect(config, &database);
    if demo::prepare(&db).map_err(Failure::software)? {
        migrations::analyze(&database.owner_url).map_err(Failure::software)?;
    }
    let keys = serve::development_keys(config)?;
    let files = database.files(config)?;
    let ended = serve::run(config, &db, &files, listen.listen.unwrap_or(config.listen), |address| {
        match demo::welcome(&keys, address, db.clock().now()) {
            // Whoever reads may have gone, as under `| head`; the server stays.
            Ok(words) => drop(writeln!(std::io::stdout(), "{words}")),
            Err(error) => log::error!("no tokens: {error}"),
        }
    });
    database.close();
    ended
}

fn print_token(config: &Config, token: Token) -> Result<(), Failure> {
    let request = TokenRequest {
        role: token.role,
        authority_code: token.authority.as_str().to_owned(),
        organisation: token.organisation,
        subject: token.subject.unwrap_or_else(|| token.role.as_str().to_owned()),
        valid_for_hours: 12,
    };
    let keys = serve::development_keys(config)?;
    println!("{}", keys.token(&request, chrono::Utc::now()).map_err(Failure::software)?);
    Ok(())
}

fn migrate(config: &Config) -> Result<(), Failure> {
    let Some(url) = &config.database_owner_url else {
        return Err(Failure::config("Set DATABASE_OWNER_URL; the embedded PostgreSQL is brought up to date by itself."));
    };
    let faults = ehc_casework::postgres::faults_of_owner(url).map_err(Failure::unavailable)?;
    if !faults.is_empty() {
        return Err(Failure::config(faults.join("\n")));
    }
    let ran = migrations::run(url).map_err(Failure::software)?;
    ran.iter().for_each(|name| println!("{name}"));
    Ok(())
}

fn add_authority(config: &Config, code: &AuthorityCode) -> Result<(), Failure> {
    let name = code.authority().map(|authority| authority.name).ok_or_else(|| Failure::config("no authority has this code"))?;
    let database = Database::open(config, "ehc", false)?;
    let db = serve::connect(config, &database);
    // Ours from now on; that it begins as the Department's first code of it is a convenience.
    let id = AuthorityId(code.as_str().parse().map_err(Failure::config)?);
    let done = db.write_now(&system_permit(id, Uuid::now_v7()), |tx| {
        directory::add_authority(tx, name, code.as_str()).map_err(Error::from)
    });
    database.close();
    done.map_err(|error| Failure::software(format!("{error:?}")))
}

fn print_openapi() -> Result<(), Failure> {
    print!("{}", ehc_casework::api::contract().map_err(Failure::software)?);
    Ok(())
}

fn verify(config: &Config, demo: bool) -> Result<(), Failure> {
    each_authority(config, demo, |db, authority, name| {
        let permit = system_permit(authority, Uuid::now_v7());
        let length = db.read_now(&permit, integrity::entries)?;
        let bar = bar(length, name);
        let report = integrity::verify(db, &permit, |position| bar.set_position(position.unsigned_abs()))?;
        bar.finish_and_clear();
        if report.faults.is_empty() {
            println!("{name}: intact; {} entries, {} view rows", report.entries, report.rows);
            return Ok(true);
        }
        println!("{name}: NOT intact; {} entries", report.entries);
        report.faults.iter().take(50).for_each(|fault| println!("  {fault}"));
        Ok(false)
    })
}

fn rebuild(config: &Config, demo: bool) -> Result<(), Failure> {
    each_authority(config, demo, |db, authority, name| {
        let permit = system_permit(authority, Uuid::now_v7());
        let length = db.read_now(&permit, integrity::entries)?;
        let bar = bar(length, name);
        let (entries, rows) = integrity::rebuild(db, &permit, |position| bar.set_position(position.unsigned_abs()))?;
        bar.finish_and_clear();
        println!("{name}: {rows} view rows made from {entries} entries");
        Ok(true)
    })
}

fn each_authority(
    config: &Config,
    demo: bool,
    work: impl Fn(&Db, AuthorityId, &str) -> Result<bool, Error>,
) -> Result<(), Failure> {
    let database = Database::open(config, if demo { "demo" } else { "ehc" }, false)?;
    let db = serve::connect(config, &database);
    let nobody = system_permit(AuthorityId(0), Uuid::now_v7());
    let told = |error: Error| Failure::software(format!("{error:?}"));
    let authorities = db.read_now(&nobody, |tx| directory::authorities(tx).map_err(Error::from)).map_err(told)?;
    let mut well = true;
    for (id, name) in authorities {
        well &= work(&db, AuthorityId(id), &name).map_err(told)?;
    }
    database.close();
    // EX_DATAERR
    if well { Ok(()) } else { Err(Failure { words: "the record is not intact".into(), code: 65 }) }
}

fn bar(length: i64, name: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} entries, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length.unsigned_abs()).with_style(style).with_message(name.to_owned())
}
