//! A program that logs, with the layer beside its log, as docs/your-own-program.md quotes it.

use tracing_subscriber::{filter::LevelFilter, fmt, prelude::*};

#[tokio::main]
async fn main() {
    let (layer, _recorder) = paintdry_layer::layer("run.json");
    let log = fmt::layer().with_filter(LevelFilter::INFO);
    tracing_subscriber::registry().with(log).with(layer).init();

    tracing::info!("paints");
    tokio::task::yield_now().await;
}
