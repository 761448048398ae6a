//! A watched runtime is a runtime like any other: the suite of all runtimes, on each of them, watched.

use paintdry_core::conformance::assert_conforms;
use paintdry_studio::Studio;

#[test]
fn generator() {
    assert_conforms::<Studio<paintdry_generator::EventLoop>>();
}

#[test]
fn tokio() {
    assert_conforms::<Studio<paintdry_tokio::CurrentThread>>();
    assert_conforms::<Studio<paintdry_tokio::MultiThread>>();
}

#[test]
fn async_std() {
    assert_conforms::<Studio<paintdry_async_std::Global>>();
}

#[test]
fn smol() {
    assert_conforms::<Studio<paintdry_smol::Local>>();
    assert_conforms::<Studio<paintdry_smol::Global>>();
}
