//! A program whose main task is in the recording, as docs/your-own-program.md quotes it.

use tokio::task::yield_now;

fn main() {
    let _recorder = paintdry_layer::record("run.json");
    start();
}

#[tokio::main]
async fn start() {
    tokio::join!(yield_now(), yield_now()); // your program, as it is
}
