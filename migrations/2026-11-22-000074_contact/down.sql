DROP FUNCTION seal_contact(uuid);
DROP TABLE sealed_contact, message_read, message, reminder, agreed_action, contact;
DROP FUNCTION ctx_party(uuid, text[]);
