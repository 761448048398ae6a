//! Every runtime beside its floors, in one run. Run with `cargo bench --bench compare`; what it does is said in the
//! documentation of the package.

fn main() -> std::process::ExitCode {
    paintdry_benches::command::main(&[])
}
