//! Reading a Cargo.lock.

use serde::Deserialize;

/// What is read of it.
#[derive(Deserialize)]
pub(crate) struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Lock {
    /// Whether this package is in the lock, with this version.
    pub(crate) fn is_of(&self, name: &str, version: &str) -> bool {
        self.package.iter().any(|package| package.name == name && package.version == version)
    }

    /// What `dependent` depends on itself, as `name version`.
    pub(crate) fn dependencies_of(&self, dependent: &str) -> impl Iterator<Item = String> {
        let dependent = self.package.iter().filter(move |package| package.name == dependent);
        dependent.flat_map(|package| &package.dependencies).filter_map(|entry| {
            // The version is behind the name where the lock has several.
            let name = entry.split(' ').next()?;
            let found = self.package.iter().find(|package| {
                package.name == name && (entry == name || entry == &format!("{name} {}", package.version))
            })?;
            Some(format!("{name} {}", found.version))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let package = |name: &str, version: &str, dependencies: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\ndependencies = [{dependencies}]\n")
        };
        let lock = [
            package("ours", "0.1.0", "\"smol\", \"tokio 1.54.0\""),
            package("smol", "2.0.2", ""),
            package("tokio", "0.2.25", ""),
            package("tokio", "1.54.0", ""),
        ];
        toml::from_str(&lock.concat()).expect("it is a lock")
    }

    #[test]
    fn of_two_versions_the_one_counts_that_is_depended_on() {
        assert_eq!(lock().dependencies_of("ours").collect::<Vec<_>>(), ["smol 2.0.2", "tokio 1.54.0"]);
        assert_eq!(lock().dependencies_of("smol").count(), 0);
    }

    #[test]
    fn a_lock_without_the_package_is_that_of_another_build() {
        assert!(lock().is_of("ours", "0.1.0"));
        assert!(!lock().is_of("ours", "0.2.0") && !lock().is_of("paintdry", "0.1.0"));
    }
}
