//! The project's benches, with one runtime more: `cargo bench -p paintdry-own-runtime`. Their options stand in
//! `benches/src/lib.rs`.

use paintdry_benches::newcomer::Newcomer;
use paintdry_own_runtime::OwnRuntime;

fn main() -> std::process::ExitCode {
    paintdry_benches::command::main(&[Newcomer::of::<OwnRuntime>("the last chapter's")])
}
