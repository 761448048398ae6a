//! The mistakes of chapter 9: each has a section with a program, an exercise and a replay, and a question in the quiz of its page, which
//! a comment under the question says: `<!-- pitfall: 6 -->`.

use super::{blocks, chapters, exercises, links, read};

#[test]
fn each_pain_has_a_section_an_exercise_a_question_and_a_test() {
    let chapters = chapters().into_iter().filter(|page| page.starts_with("09"));
    let page: String = chapters.map(|page| read(&format!("docs/{page}"))).collect();
    let sections: Vec<_> =
        page.split("\n## ").filter(|section| section.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(sections.len() >= 13);
    let exercises = exercises();
    for section in sections {
        let title = section.lines().next().unwrap_or_default();
        let number = title.split('.').next().unwrap_or_default();
        assert!(page.contains(&format!("\n<!-- pitfall: {number} -->\n")), "{title}: no question in a quiz");
        assert!(links(section).iter().any(|link| exercises.contains(link)), "{title}: no exercise");
        assert!(links(section).iter().any(|link| link.starts_with("images/stills/")), "{title}: no replay");
        let quoted: Vec<_> = blocks(section).into_iter().filter_map(|block| block.quotes).collect();
        assert!(quoted.iter().any(|file| read(file).contains("#[test]")), "{title}: nothing from a tested file");
    }
}
