//! The `ehc` command and its subcommands.

use std::process::ExitCode;

use clap::Parser;
use ehc_casework::postgres::guard;

#[derive(Parser)]
#[command(name = "ehc", version)]
enum Command {
    /// Guards the embedded PostgreSQL; started by the other subcommands
    #[command(hide = true)]
    PostgresGuard(guard::Args),
}

fn main() -> ExitCode {
    match Command::parse() {
        Command::PostgresGuard(args) => guard::run(args),
    }
}
