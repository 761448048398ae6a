//! Chapter 17: Ctrl-C closes the workshop after the canvas in hand, and a second Ctrl-C ends it at once. It takes the name of a runtime,
//! and for how many milliseconds a canvas dries: `cargo run -p paintdry-course --example ctrl_c -- tokio 1000`.

use paintdry_core::Runtime;
use paintdry_course::chapters::shutdown::token::{is_stopped, token};
use std::time::Duration;
use std::{env, process};

fn main() {
    let drying = env::args().nth(2).and_then(|drying| drying.parse().ok()).unwrap_or(1000);
    open_on(&env::args().nth(1).unwrap_or_else(|| "generator".to_owned()), Duration::from_millis(drying));
}

/// Opens the workshop on the runtime with this name.
pub(crate) fn open_on(runtime: &str, drying: Duration) {
    match runtime {
        "generator" => open::<paintdry_generator::EventLoop>(drying),
        "tokio" => open::<paintdry_tokio::CurrentThread>(drying),
        "async-std" => open::<paintdry_async_std::Global>(drying),
        "smol" => open::<paintdry_smol::Local>(drying),
        other => {
            eprintln!("error: {other} is not generator, tokio, async-std or smol");
            process::exit(2);
        }
    }
}

fn open<R: Runtime>(drying: Duration) {
    let (stop, stopped) = token();
    let mut stop = Some(stop);
    let on_ctrl_c = move || match stop.take() {
        Some(stop) => {
            println!("closing: the canvas in hand is finished");
            drop(stop); // tells each task that has the token
        }
        None => process::exit(130), // the second time
    };
    ctrlc::set_handler(on_ctrl_c).expect("the program sets one handler");
    R::start().run_until_complete(async {
        println!("open on {}: press Ctrl-C", R::NAME);
        for number in 1.. {
            R::sleep(drying).await;
            println!("canvas {number} is dry");
            if is_stopped(&stopped) {
                break;
            }
        }
        println!("closed");
    });
}
