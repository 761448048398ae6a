//! The project's benches, with one more runtime: `cargo bench -p paintdry-own-runtime`. `benches/src/lib.rs` lists their
//! options.

use paintdry_benches::newcomer::Newcomer;
use paintdry_own_runtime::OwnRuntime;

fn main() -> std::process::ExitCode {
    paintdry_benches::command::main(&[Newcomer::of::<OwnRuntime>("chapter 12's")])
}
