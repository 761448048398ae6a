//! Seeds as text.

use paintdry_explore::{CheckError, Explorer, Schedule, Seed};

#[test]
fn a_schedule_is_read_as_it_is_written() {
    for choices in [vec![], vec![1], vec![0, 2], vec![3, 0, 0, 1]] {
        let schedule = Schedule::new(choices.clone());
        assert_eq!(schedule.to_string().parse(), Ok(schedule.clone()), "{schedule}");
        assert_eq!(schedule.choices(), choices);
    }
    assert_eq!(Schedule::new(vec![0, 1, 0, 0]).to_string(), "2:1");
    assert_eq!(Schedule::default().to_string(), "1:0");
    assert_eq!("18446744073709551615".parse(), Ok(Seed::Random(u64::MAX)));
}

#[test]
fn other_texts_are_refused() {
    let texts = [
        "",
        ":",
        "1:",
        ":1",
        "0:1",
        "2:1,1:1",
        "1:1,1:1",
        "1:1,",
        "-1",
        "+1",
        "1:-1",
        "1:+1",
        " 1",
        "1.5",
        "tea",
        "1:1:1",
        "1000001:1",
        "18446744073709551616",
        "1:4294967296",
        "١",
    ];
    for text in texts {
        let error = text.parse::<Seed>().expect_err(text);
        assert!(error.to_string().starts_with("write a whole number, such as 42"), "{text:?}");
    }
}

#[test]
fn a_seed_of_another_program_is_refused() {
    for seed in ["1:1", "7:1"] {
        let explorer = Explorer::new().seed(seed.parse::<Seed>().expect(seed));
        let result = explorer.check(|_| async {});
        assert!(matches!(result, Err(CheckError::DoesNotFit { choice: 1 })), "{seed}: {result:?}");
    }
}
