//! What JavaScript calls: it writes a request into memory, lets it run, and reads the answer.
//!
//! A panic of a program aborts, so `run` does not return, and the instance cannot be used again. The panic hook has left the answer
//! by then, and `output` and `output_len` still tell where.

#![allow(unsafe_code, reason = "`no_mangle`: JavaScript calls these functions by their names")]

use std::cell::RefCell;
use std::panic;
use std::sync::Once;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Where to write a request of this many bytes.
#[unsafe(no_mangle)]
extern "C" fn input(len: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(len, 0);
        input.as_mut_ptr()
    })
}

/// Answers the request.
#[unsafe(no_mangle)]
extern "C" fn run() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        panic::set_hook(Box::new(|panic| {
            if let Some(answer) = paintdry_explore::played_until(panic).as_ref().and_then(crate::job::answer_after) {
                OUTPUT.set(answer);
            }
        }));
    });
    OUTPUT.set(String::new());
    let request = INPUT.take();
    OUTPUT.set(crate::answer(&String::from_utf8_lossy(&request)));
}

/// Where the answer is,
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// and how many bytes it has; 0 if the lab itself has failed.
#[unsafe(no_mangle)]
extern "C" fn output_len() -> usize {
    OUTPUT.with_borrow(String::len)
}
