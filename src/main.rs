//! The `ehc` command and its subcommands.

fn main() {}
