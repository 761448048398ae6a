//! Memory: the most that this process has had, and how much is available.

use std::fs;
use sysinfo::{MemoryRefreshKind, System};

/// The most memory of this process that was resident at any time, in bytes; `None` where the system does not tell.
///
/// On Linux it is not taken from `getrusage`, which counts the process that started this one, too.
pub(crate) fn peak() -> Option<u64> {
    if cfg!(target_os = "linux") { kilobytes(&read("/proc/self/status")?, "VmHWM:") } else { most_resident() }
}

#[cfg(unix)]
fn most_resident() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let most = u64::try_from(getrusage(UsageWho::RUSAGE_SELF).ok()?.max_rss()).ok()?;
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    Some(most * unit)
}

#[cfg(not(unix))]
fn most_resident() -> Option<u64> {
    None
}

/// How much memory a new process could have, in bytes; `None` where the system does not tell.
pub(crate) fn available() -> Option<u64> {
    let mut system = System::new();
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let of_the_machine = Some(system.available_memory()).filter(|bytes| *bytes > 0)?;
    Some(left_to_the_group().map_or(of_the_machine, |left| left.min(of_the_machine)))
}

/// What a container's limit leaves: its control group's, of the second or first version. The files that the group has read
/// and not used lately are not in the way: the system drops them before it refuses memory. sysinfo counts them as used.
fn left_to_the_group() -> Option<u64> {
    const GROUPS: [[&str; 4]; 2] = [
        ["/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file "],
        ["/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "],
    ];
    GROUPS.iter().find_map(|[folder, limit, used, files]| {
        let text = |file: &str| read(&format!("{folder}/{file}"));
        left(&text(limit)?, &text(used)?, &text("memory.stat").unwrap_or_default(), files)
    })
}

/// The limit less what is used, without `files`, a line of `stat`; `None` if there is no limit.
fn left(limit: &str, used: &str, stat: &str, files: &str) -> Option<u64> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let files = stat.lines().find_map(|line| number(line.strip_prefix(files)?)).unwrap_or_default();
    Some(number(limit)?.saturating_sub(number(used)?.saturating_sub(files)))
}

fn read(path: &str) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The number on the line that begins with `name`, which is in kilobytes of 1,024 bytes.
fn kilobytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// An amount of memory: `96 B`, `4.1 MB`, `1.2 GB`.
#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
pub(crate) fn show_bytes(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        None => format!("{bytes} B"),
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_on_its_line() {
        let status = "Name:\tpaintdry\nVmPeak:\t  9000 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n";
        assert_eq!(kilobytes(status, "VmHWM:"), Some(2_097_152));
        for other in ["", "VmHWM:\t2048\n", "VmHWM: many kB", "VmHWM: 99999999999999999999 kB"] {
            assert_eq!(kilobytes(other, "VmHWM:"), None, "{other:?}");
        }
    }

    #[test]
    fn files_that_a_group_has_read_are_not_in_the_way() {
        let stat = "anon 100\nactive_file 7\ninactive_file 600\n";
        assert_eq!(left("1000\n", "900\n", stat, "inactive_file "), Some(700));
        assert_eq!(left("1000\n", "900\n", "", "inactive_file "), Some(100));
        assert_eq!(left("1000\n", "1900\n", "", "inactive_file "), Some(0));
        assert_eq!(left("max\n", "900\n", stat, "inactive_file "), None, "there is no limit");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_peak_stays_when_the_memory_is_given_back() {
        const MEGABYTES: usize = 32 << 20;
        drop(std::hint::black_box(vec![1_u8; MEGABYTES]));
        let peak = peak().expect("Linux tells");
        assert!(peak >= MEGABYTES as u64, "{peak}");
        assert!(most_resident().expect("Linux tells") >= MEGABYTES as u64);
    }

    #[test]
    fn amounts_in_the_unit_that_suits_them() {
        assert_eq!([0, 999, 4_100_000, 1_250_000_000].map(show_bytes), ["0 B", "999 B", "4.1 MB", "1.2 GB"]);
    }
}
