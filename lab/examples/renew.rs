//! Compiles the lab for the page, and writes it to `crates/replay/assets/lab.wasm.gz.b64`. With `--check` it compares instead.
//!
//! The bytes depend on the compiler, which the file names, and not on the folder. If the compiler is another one, only the answers
//! can be compared, which `tests/engine.mjs` does.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, exit};

const TARGET: &str = "wasm32-unknown-unknown";

/// While this variable is set, cargo calls this program for the compiler.
const AS_COMPILER: &str = "PAINTDRY_LAB_AS_COMPILER";

const OTHER: &str = "the committed lab is not what this source gives; renew it with: \
                     cargo run --manifest-path lab/Cargo.toml --example renew";

fn main() -> Result<(), Box<dyn Error>> {
    if env::var_os(AS_COMPILER).is_some() {
        return compile();
    }
    let lab = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = lab.parent().ok_or("the lab is in a folder of the repository")?;
    let committed = root.join("crates/replay/assets/lab.wasm.gz.b64");
    let module = compiled(lab, root)?;
    let compiler = compiler()?;
    if env::args().any(|argument| argument == "--check") {
        return check(&module, &compiler, &fs::read_to_string(committed)?);
    }
    let text = format!("{}\n", BASE64_STANDARD.encode(zipped(&module, &compiler)?));
    println!("{} bytes, {} as text", module.len(), text.len());
    Ok(fs::write(committed, text)?)
}

/// Compares the module with the one in the page.
fn check(module: &[u8], compiler: &str, committed: &str) -> Result<(), Box<dyn Error>> {
    let zipped = BASE64_STANDARD.decode(committed.trim())?;
    let mut decoder = GzDecoder::new(&zipped[..]);
    let mut known = Vec::new();
    decoder.read_to_end(&mut known)?;
    let by = decoder.header().and_then(|header| header.comment()).ok_or("the committed lab names no compiler")?;
    if by != compiler.as_bytes() {
        println!(
            "The committed lab is of {}, and this is {compiler}: only their answers can be compared.",
            String::from_utf8_lossy(by)
        );
    } else if known != module {
        return Err(OTHER.into());
    }
    Ok(())
}

/// The name and version of the compiler.
fn compiler() -> Result<String, Box<dyn Error>> {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// The module, in which nothing of this machine is left.
fn compiled(lab: &Path, root: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let home = env::var_os("CARGO_HOME").map_or_else(|| env::home_dir().unwrap_or_default().join(".cargo"), Into::into);
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let mut flags: Vec<_> = registries.map(|registry| remap(&registry.path(), "registry")).collect();
    flags.push(remap(root, "."));
    flags.push("-Clink-arg=-zstack-size=262144".to_owned()); // each instance has a new one
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "--lib", "--target", TARGET, "--manifest-path"])
        .arg(lab.join("Cargo.toml"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env("CARGO_TARGET_DIR", lab.join("target/page"))
        .env("RUSTC_WRAPPER", env::current_exe()?)
        .env(AS_COMPILER, "1")
        .status()?;
    if !status.success() {
        return Err(format!("the lab does not compile; if the target is missing: rustup target add {TARGET}").into());
    }
    Ok(fs::read(lab.join("target/page").join(TARGET).join("release/paintdry_lab.wasm"))?)
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

/// Runs the compiler for cargo, which tells crates apart by a number that depends on their folder. It is replaced by the crate's
/// name and version, because the order of the functions in the module follows from it.
fn compile() -> Result<(), Box<dyn Error>> {
    let name = |variable| env::var(variable).unwrap_or_default();
    let metadata = format!("metadata={}-{}", name("CARGO_PKG_NAME"), name("CARGO_PKG_VERSION"));
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().ok_or("cargo names the compiler")?;
    let renamed = |argument: OsString| match argument.to_str() {
        Some(text) if text.starts_with("metadata=") => metadata.clone().into(),
        _ => argument,
    };
    let status = Command::new(rustc).args(arguments.map(renamed)).status()?;
    exit(status.code().unwrap_or(1))
}

/// Zipped, with the name of the compiler as a comment.
fn zipped(bytes: &[u8], compiler: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = GzBuilder::new().comment(compiler).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
