//! Versions by the packages that cargo has unpacked, each in a folder `NAME-VERSION`.

use super::lock::Lock;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is read of a manifest.
#[derive(Deserialize)]
struct Manifest {
    dependencies: BTreeMap<String, toml::Value>,
}

impl Manifest {
    /// What every build of the package needs.
    fn needed(&self) -> impl Iterator<Item = &str> {
        let is_optional = |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool) == Some(true);
        self.dependencies.iter().filter(move |(_, value)| !is_optional(value)).map(|(name, _)| name.as_str())
    }
}

/// What `dependent` depends on, as `name version`, in a build that may follow `lock`. With one version unpacked that the lock's
/// is compatible with, that is the one. With several, from other builds of this user, it is the lock's if the build follows the
/// lock: if every package that it needs is unpacked in the lock's version. Otherwise it is left out, because it is not known.
pub(crate) fn versions(lock: &Lock, dependent: &str, manifest: &str, folders: &[String]) -> Vec<String> {
    let Ok(manifest) = toml::from_str::<Manifest>(manifest) else { return Vec::new() };
    let locked: BTreeMap<_, _> = lock.dependencies_of(dependent).filter_map(|entry| pair(&entry)).collect();
    let unpacked = |name: &str| -> Vec<&str> {
        let versions = folders.iter().filter_map(|folder| folder.strip_prefix(name)?.strip_prefix('-'));
        versions.filter(|version| line(version) == locked.get(name).map(String::as_str).and_then(line)).collect()
    };
    let mut needed = manifest.needed().filter_map(|name| Some((name, locked.get(name)?)));
    let follows = needed.all(|(name, version)| unpacked(name).contains(&version.as_str()));
    let found = locked.iter().filter_map(|(name, version)| match unpacked(name)[..] {
        [only] => Some(format!("{name} {only}")),
        [_, ..] if follows => Some(format!("{name} {version}")),
        _ => None,
    });
    found.collect()
}

fn pair(entry: &str) -> Option<(String, String)> {
    entry.split_once(' ').map(|(name, version)| (name.to_owned(), version.to_owned()))
}

/// The part of a version that compatible versions share: `1` of 1.54.1, `0.3` of 0.3.34; nothing of what is no version.
fn line(version: &str) -> Option<&str> {
    let (major, rest) = version.split_once('.')?;
    major.parse::<u64>().ok()?;
    if major != "0" {
        return Some(major);
    }
    let minor = rest.split('.').next()?;
    version.get(..major.len() + 1 + minor.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        package = [
            { name = "ours", version = "0.1.0", dependencies = ["serde", "smol", "tokio 1.54.1", "mio"] },
            { name = "serde", version = "1.0.228" },
            { name = "smol", version = "2.0.2" },
            { name = "tokio", version = "0.2.25" },
            { name = "tokio", version = "1.54.1" },
            { name = "mio", version = "1.2.0" },
        ]
    "#;
    const MANIFEST: &str = r#"
        [dependencies]
        serde = "1"
        smol.version = "2.0.2"
        tokio = { version = "1.54" }
        mio = { version = "1.2", optional = true }
    "#;

    fn found(folders: &[&str]) -> Vec<String> {
        let lock: Lock = toml::from_str(LOCK).expect("it is a lock");
        let folders: Vec<_> = folders.iter().map(|folder| (*folder).to_owned()).collect();
        versions(&lock, "ours", MANIFEST, &folders)
    }

    #[test]
    fn one_unpacked_version_is_that_of_the_build_whether_it_follows_the_lock_or_not() {
        let locked = ["serde-1.0.228", "smol-2.0.2", "tokio-1.54.1", "tokio-util-0.7.1", "tokio-0.2.25"];
        assert_eq!(found(&locked), ["serde 1.0.228", "smol 2.0.2", "tokio 1.54.1"]);
        assert_eq!(
            found(&["serde-1.0.230", "smol-2.0.2", "tokio-1.60.0"]),
            ["serde 1.0.230", "smol 2.0.2", "tokio 1.60.0"]
        );
    }

    #[test]
    fn of_several_it_is_the_locks_if_all_that_is_needed_is_there_in_the_locks_version() {
        let several = ["serde-1.0.228", "smol-2.0.2", "tokio-1.54.1", "tokio-1.60.0", "mio-1.3.0"];
        assert_eq!(found(&several), ["mio 1.3.0", "serde 1.0.228", "smol 2.0.2", "tokio 1.54.1"]);
    }

    #[test]
    fn of_several_in_a_build_that_does_not_follow_the_lock_it_is_not_known() {
        let newer = ["serde-1.0.230", "smol-2.0.2", "tokio-1.54.1", "tokio-1.60.0"];
        assert_eq!(found(&newer), ["serde 1.0.230", "smol 2.0.2"]);
    }

    #[test]
    fn compatible_versions_share_a_part() {
        assert_eq!(
            ["1.54.1", "0.3.34", "10.0.1", "0.7.1"].map(line),
            [Some("1"), Some("0.3"), Some("10"), Some("0.7")]
        );
        assert_eq!(["util-0.7.1", "1", ""].map(line), [None; 3]);
    }
}
