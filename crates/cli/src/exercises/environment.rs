//! What rustlings needs on this machine, and what to do where it is missing. Nothing is installed or changed here.

use super::RUSTLINGS;
use super::message::printable;
use serde::Serialize;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

/// One thing that is needed.
#[derive(Debug, Serialize)]
pub(super) struct Need {
    pub(super) name: &'static str,
    /// Its version, if it is there and has one.
    pub(super) version: Option<String>,
    /// What is wrong.
    pub(super) problem: Option<String>,
    /// What to do about it.
    pub(super) remedy: Option<String>,
    /// Whether no exercise can run because of that.
    pub(super) blocks: bool,
}

/// The command that installs rustlings.
pub(super) fn install() -> String {
    format!("cargo install --locked rustlings@{RUSTLINGS}")
}

/// Everything that is needed to do the exercises in `folder`.
pub(super) fn needs(folder: &Path) -> Vec<Need> {
    vec![cargo(folder), clippy(folder), rustlings(folder), writable(folder)]
}

/// Whether rustlings has to be installed.
pub(super) fn lacks_rustlings(needs: &[Need]) -> bool {
    needs.iter().any(|need| need.name == "rustlings" && need.problem.is_some())
}

impl Need {
    fn met(name: &'static str, version: Option<String>) -> Self {
        Self { name, version, problem: None, remedy: None, blocks: false }
    }

    fn unmet(name: &'static str, problem: String, remedy: String) -> Self {
        Self { name, version: None, problem: Some(problem), remedy: Some(remedy), blocks: false }
    }

    fn blocking(self) -> Self {
        Self { blocks: true, ..self }
    }
}

fn cargo(folder: &Path) -> Need {
    let unmet = |problem, remedy: &str| Need::unmet("cargo", problem, remedy.to_owned()).blocking();
    let declared = declared_rust_version(folder);
    match (version("cargo", &["--version"], folder), declared) {
        (Err(unusable), _) => unmet(unusable.problem(), "install Rust, see https://rustup.rs"),
        (Ok(found), Some(declared)) if numbers(&found) < numbers(&declared) => {
            unmet(format!("{found} is too old, {declared} is needed"), "run `rustup update stable`")
        }
        (Ok(found), _) => Need::met("cargo", Some(found)),
    }
}

/// Without clippy the exercises run, but rustlings counts none as done.
fn clippy(folder: &Path) -> Need {
    match version("cargo", &["clippy", "--version"], folder) {
        Ok(found) => Need::met("clippy", Some(found)),
        Err(_) => Need::unmet(
            "clippy",
            "is not installed, and without it rustlings counts no exercise as done".to_owned(),
            "run `rustup component add clippy`".to_owned(),
        ),
    }
}

fn rustlings(folder: &Path) -> Need {
    let unmet = |problem| Need::unmet("rustlings", problem, format!("run `{}`", install()));
    match version("rustlings", &["--version"], folder) {
        Err(unusable) => unmet(unusable.problem()),
        Ok(found) if numbers(&found) < numbers(RUSTLINGS) => {
            unmet(format!("{found} is too old, {RUSTLINGS} is needed"))
        }
        Ok(found) => Need::met("rustlings", Some(found)),
    }
}

/// rustlings keeps its notes there, and cargo what it has built.
fn writable(folder: &Path) -> Need {
    match tempfile::tempfile_in(folder) {
        Ok(_) => Need::met("folder", None),
        Err(error) => Need::unmet(
            "folder",
            format!("cannot be written to ({})", error.kind()),
            "make it yours, or copy the repository to where you may write".to_owned(),
        )
        .blocking(),
    }
}

/// Why a program has no version.
#[derive(Debug, PartialEq, Eq)]
enum Unusable {
    Absent,
    /// It fails, with this line.
    Says(String),
}

impl Unusable {
    fn problem(&self) -> String {
        match self {
            Self::Absent => "is not installed".to_owned(),
            Self::Says(said) => format!("does not start ({said})"),
        }
    }
}

/// The second word of what `program` says of itself, such as `cargo 1.95.0 (f2d3ce0bd 2026-03-21)`. It is started in the
/// folder of the exercises, where a file may choose a toolchain.
fn version(program: &str, arguments: &[&str], folder: &Path) -> Result<String, Unusable> {
    let output = Command::new(program).args(arguments).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.map_err(|error| match error.kind() {
        ErrorKind::NotFound => Unusable::Absent,
        _ => Unusable::Says(error.to_string()),
    })?;
    let said = String::from_utf8_lossy(&output.stdout).split_whitespace().nth(1).map(printable);
    let complaint = || {
        let stderr = printable(&String::from_utf8_lossy(&output.stderr));
        stderr.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").trim().to_owned()
    };
    said.filter(|_| output.status.success()).ok_or_else(|| Unusable::Says(complaint()))
}

/// The Rust that the exercises need: what their manifest says, or else the workspace above them.
fn declared_rust_version(folder: &Path) -> Option<String> {
    let says = |folder: &Path, keys: &[&str]| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let manifest = toml::from_str::<toml::Value>(&manifest).ok()?;
        keys.iter().try_fold(&manifest, |value, key| value.get(key))?.as_str().map(str::to_owned)
    };
    let of_a_workspace = |folder| says(folder, &["workspace", "package", "rust-version"]);
    says(folder, &["package", "rust-version"]).or_else(|| folder.ancestors().find_map(of_a_workspace))
}

/// The numbers of `1.88` or `1.95.0-nightly`, to compare them.
fn numbers(version: &str) -> [u32; 3] {
    let mut numbers = version.split(['.', '-', '+']).map_while(|number| number.parse().ok());
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert_eq!(numbers("1.95.0-nightly"), [1, 95, 0]);
        assert!(numbers("1.9.0") < numbers("1.88") && numbers("1.88") == numbers("1.88.0"));
        assert!(numbers("6.10.0") > numbers(RUSTLINGS) && numbers("unknown") == [0, 0, 0]);
    }

    #[test]
    fn the_declared_version_is_the_packages_or_the_workspaces() {
        let clone = tempfile::tempdir().expect("a folder");
        let exercises = clone.path().join("crates/exercises");
        fs::create_dir_all(&exercises).expect("a folder");
        assert_eq!(declared_rust_version(&exercises), None);
        fs::write(exercises.join("Cargo.toml"), "[package]\nname = \"e\"\n[workspace]\n").expect("a file");
        fs::write(clone.path().join("Cargo.toml"), "[workspace.package]\nrust-version = \"1.88\"").expect("a file");
        assert_eq!(declared_rust_version(&exercises).as_deref(), Some("1.88"));
        fs::write(exercises.join("Cargo.toml"), "[package]\nrust-version = \"1.90\"").expect("a file");
        assert_eq!(declared_rust_version(&exercises).as_deref(), Some("1.90"));
    }

    #[test]
    fn our_exercises_declare_one() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises");
        if folder.exists() {
            assert_eq!(declared_rust_version(&folder).as_deref(), Some(env!("CARGO_PKG_RUST_VERSION")));
        }
    }

    #[test]
    fn a_program_that_is_absent_or_fails() {
        let here = Path::new(".");
        assert_eq!(version("no-such-program", &[], here), Err(Unusable::Absent));
        let Err(Unusable::Says(said)) = version("cargo", &["no-such-command"], here) else { panic!("there is none") };
        assert!(said.contains("no-such-command"), "{said}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn where_nothing_can_be_written() {
        let need = writable(Path::new("/proc"));
        assert!(need.blocks && need.problem.is_some_and(|problem| problem.starts_with("cannot be written to (")));
        let need = writable(tempfile::tempdir().expect("a folder").path());
        assert!(!need.blocks && need.problem.is_none());
    }
}
