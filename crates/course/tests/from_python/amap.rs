//! Two mappings that take turns: with `yield` and with `await`, in Python and in Rust.

use crate::printed;
use crate::python::in_virtual_time;
use std::process::Command;

const PRINTED: &str = "
double 0
double 10
double 1
double 11
double 2
double 12
[0, 2, 4] [20, 22, 24]
";

#[test]
fn in_rust_yield_and_await_print_the_same() {
    for program in [env!("CARGO_BIN_EXE_amap_generators"), env!("CARGO_BIN_EXE_amap_async")] {
        assert_eq!(printed(&mut Command::new(program)), PRINTED.trim_start(), "{program}");
    }
}

#[test]
fn in_python_yield_and_await_print_the_same() {
    for program in ["amap_generators.py", "amap_asyncio.py"] {
        let Some(printed) = in_virtual_time(program) else { return };
        assert_eq!(printed, PRINTED.trim_start(), "{program}");
    }
}
