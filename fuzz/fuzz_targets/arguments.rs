//! Any arguments, one a line, are accepted, or refused with status 0 (for help) or 2 and some words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

fuzz_target!(|lines: &[u8]| {
    let arguments = lines.split(|byte| *byte == b'\n').map(|line| OsString::from_vec(line.to_vec()));
    let with_name = [OsString::from("paintdry")].into_iter().chain(arguments).collect();
    if let Some((status, told)) = paintdry::reader(paintdry::built_in())(with_name) {
        assert!(matches!(status, 0 | 2) && !told.trim().is_empty());
    }
});
