//! Compiles the lab for the page, and writes it to `crates/replay/assets/lab.wasm.gz.b64`. With `--check` it compares instead.
//!
//! The bytes depend on the compiler, whose version the file begins with, and not on the folder. If the compiler is another one, only
//! the answers can be compared, which `tests/engine.mjs` does for the module that this leaves in `target`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::env;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

fn main() -> Result<(), Box<dyn Error>> {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = lab.parent().ok_or("the lab is in a folder of the repository")?;
    let committed = root.join("crates/replay/assets/lab.wasm.gz.b64");
    let module = compiled(lab, root)?;
    let zipped = zipped(&module)?;
    let text = format!("{}\n", BASE64_STANDARD.encode(&zipped));
    println!("{} bytes, {} gzipped, {} as text", module.len(), zipped.len(), text.len());
    if !env::args().any(|argument| argument == "--check") {
        return Ok(fs::write(committed, text)?);
    }
    if fs::read_to_string(committed)? != text {
        return Err("the committed lab is not what this source gives; renew it with: cargo run --manifest-path lab/Cargo.toml --example renew".into());
    }
    Ok(())
}

/// The module, in which no path of this machine is left.
fn compiled(lab: &Path, root: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let home = env::var_os("CARGO_HOME").map_or_else(|| env::home_dir().unwrap_or_default().join(".cargo"), Into::into);
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let flags = [remap(&home, "cargo"), remap(root, ".")].join("\u{1f}");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "--lib", "--target", TARGET, "--manifest-path"])
        .arg(lab.join("Cargo.toml"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        .env("CARGO_TARGET_DIR", lab.join("target/page"))
        .status()?;
    if !status.success() {
        return Err(format!("the lab does not compile; if the target is missing: rustup target add {TARGET}").into());
    }
    Ok(fs::read(lab.join("target/page").join(TARGET).join("release/paintdry_lab.wasm"))?)
}

fn zipped(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
