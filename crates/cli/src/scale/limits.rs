//! What the options of `scale` take.

use paintdry_core::thousands;

const MOST_TASKS: u64 = 1_000_000_000;

/// A number of tasks: `1`, `10k`, `1M`, `1_000_000`.
pub(crate) fn tasks(text: &str) -> Result<usize, String> {
    let digits = text.trim();
    let (digits, times) = match digits.char_indices().last() {
        Some((end, 'k' | 'K')) => (&digits[..end], 1_000),
        Some((end, 'm' | 'M')) => (&digits[..end], 1_000_000),
        _ => (digits, 1),
    };
    let tasks = number(digits).and_then(|count| count.checked_mul(times));
    match tasks.map(usize::try_from) {
        Some(Ok(tasks)) if (1..=MOST_TASKS).contains(&(tasks as u64)) => Ok(tasks),
        _ => Err(format!("write whole numbers from 1 to {}, such as 1,10k,1M or 1_000_000", thousands(MOST_TASKS))),
    }
}

/// An amount of memory: `512MB`, `4GB`, or a number of bytes.
pub(crate) fn memory(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 4] = [("kb", 1_000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("b", 1)];
    let lower = text.trim().to_lowercase();
    let with_unit = UNITS.iter().find_map(|(name, unit)| Some((lower.strip_suffix(name)?, *unit)));
    let (digits, unit) = with_unit.unwrap_or((&lower, 1));
    number(digits.trim_end())
        .and_then(|count| count.checked_mul(unit))
        .ok_or_else(|| "write an amount of memory with its unit, such as 512MB or 4GB".to_owned())
}

/// Digits, with `_` between them where it helps to read.
fn number(text: &str) -> Option<u64> {
    let begins_with_a_digit = text.starts_with(|first: char| first.is_ascii_digit());
    if begins_with_a_digit { text.replace('_', "").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_as_people_write_them() {
        let read = |text| tasks(text).expect(text);
        assert_eq!(
            ["1", "10k", "2K", "1M", "3m", "1_000_000", " 7 "].map(read),
            [1, 10_000, 2_000, 1_000_000, 3_000_000, 1_000_000, 7]
        );
    }

    #[test]
    fn tasks_that_are_refused() {
        for text in [
            "",
            "0",
            "0k",
            "-1",
            "1.5M",
            "k",
            "_1",
            "1G",
            "1001M",
            "99999999999999999999",
            "9999999999999999M",
            "ten",
            "1kk",
            "+1",
            "1 k∞",
        ] {
            let error = tasks(text).expect_err(text);
            assert!(error.starts_with("write whole numbers from 1 to 1,000,000,000"), "{text:?}: {error}");
        }
    }

    #[test]
    fn amounts_of_memory() {
        let read = |text| memory(text).expect(text);
        assert_eq!(["0", "64kB", "512 MB", "4gb", "1_000b"].map(read), [0, 64_000, 512_000_000, 4_000_000_000, 1_000]);
        for text in ["", "GB", "-1GB", "4 parsecs", "1.5GB", "99999999999GB"] {
            assert!(memory(text).expect_err(text).contains("such as 512MB or 4GB"), "{text:?}");
        }
    }
}
