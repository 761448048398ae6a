//! Prints the log of a pitfall's failure, and of its cure: `cargo run -p paintdry-course --example pitfalls -- 3`.

use paintdry_course::chapters::pitfalls::told;
use std::env;
use std::panic;
use std::process::ExitCode;

fn main() -> ExitCode {
    panic::set_hook(Box::new(|_| ())); // some programs panic, and their logs say so
    match told(env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()) {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(list) => {
            eprintln!("error: which pitfall? Give its number.\n{list}");
            ExitCode::FAILURE
        }
    }
}
