//! The `paintdry` command, with one more runtime: `cargo run --release -p paintdry-own-runtime --example command`.

use paintdry_own_runtime::OwnRuntime;

fn main() -> std::process::ExitCode {
    let mut runtimes = paintdry::built_in();
    runtimes.push(paintdry::Entry::of::<OwnRuntime>(env!("CARGO_PKG_VERSION"), "chapter 12's, on one thread"));
    paintdry::main(runtimes)
}
