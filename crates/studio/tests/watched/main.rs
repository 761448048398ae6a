//! The studio on every runtime.

/// Calls a function that is generic over its runtime with each of them. (A list of types is nothing that a function takes.)
macro_rules! on_every_runtime {
    ($function:ident) => {
        $function::<paintdry_generator::EventLoop>();
        $function::<paintdry_tokio::CurrentThread>();
        $function::<paintdry_tokio::MultiThread>();
        $function::<paintdry_async_std::Global>();
        $function::<paintdry_smol::Local>();
        $function::<paintdry_smol::Global>();
    };
}

mod conformance;
mod edges;
mod recorder;
mod trace;
mod virtual_time;
mod watchdog;
