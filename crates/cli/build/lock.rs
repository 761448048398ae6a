//! Reading a Cargo.lock.

use toml::{Table, Value};

/// Whether this package is in the lock, with this version.
pub(crate) fn is_of(lock: &Table, name: &str, version: &str) -> bool {
    packages(lock, name).any(|package| text(package, "version") == Some(version))
}

/// The version of `name` that `dependent` is built with. The lock may have several, and then says which.
pub(crate) fn version_for(lock: &Table, dependent: &str, name: &str) -> Option<String> {
    let dependencies = packages(lock, dependent).next()?.get("dependencies")?.as_array()?;
    let entry = dependencies.iter().filter_map(Value::as_str).find(|entry| entry.split(' ').next() == Some(name))?;
    let version = entry.split(' ').nth(1);
    version.or_else(|| text(packages(lock, name).next()?, "version")).map(str::to_owned)
}

fn packages<'a>(lock: &'a Table, name: &str) -> impl Iterator<Item = &'a Value> {
    let all = lock.get("package").and_then(Value::as_array).into_iter().flatten();
    all.filter(move |package| text(package, "name") == Some(name))
}

fn text<'a>(package: &'a Value, key: &str) -> Option<&'a str> {
    package.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Table {
        let package = |name: &str, version: &str, dependencies: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\ndependencies = [{dependencies}]\n")
        };
        let lock = [
            package("paintdry-smol", "0.1.0", "\"smol\""),
            package("paintdry-tokio", "0.1.0", "\"paintdry-core\", \"tokio 1.54.0\""),
            package("smol", "2.0.2", ""),
            package("tokio", "0.2.25", ""),
            package("tokio", "1.54.0", ""),
        ];
        lock.concat().parse().expect("it is a lock")
    }

    #[test]
    fn of_two_versions_the_one_counts_that_is_depended_on() {
        assert_eq!(version_for(&lock(), "paintdry-tokio", "tokio").as_deref(), Some("1.54.0"));
        assert_eq!(version_for(&lock(), "paintdry-smol", "smol").as_deref(), Some("2.0.2"));
        assert_eq!(version_for(&lock(), "paintdry-smol", "tokio"), None);
    }

    #[test]
    fn a_lock_without_the_package_is_that_of_another_build() {
        assert!(is_of(&lock(), "paintdry-smol", "0.1.0"));
        assert!(!is_of(&lock(), "paintdry-smol", "0.2.0") && !is_of(&lock(), "paintdry", "0.1.0"));
    }
}
