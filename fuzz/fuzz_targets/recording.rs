//! Any text is a recording or is refused with a sentence. One that is read is the same when it is written and read
//! again, and has a trace.

#![no_main]

use libfuzzer_sys::fuzz_target;
use paintdry_studio::Recording;

fuzz_target!(|text: &str| {
    match Recording::read(text) {
        Ok(recording) => {
            let again = Recording::read(&recording.to_json()).expect("what it writes is a recording");
            assert_eq!(again, recording);
            assert!(recording.to_trace().starts_with('{'));
        }
        Err(error) => assert!(error.to_string().contains("this ")),
    }
});
