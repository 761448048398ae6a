//! The lines of scripts and styles as a page has them: without what is for those who read the files.

/// A line of a script without its indent and its comment, unless nothing else is in it. No text of the scripts spans lines.
pub(crate) fn of_script(line: &str) -> Option<&str> {
    let line = line.trim();
    let is_code = |before: &str| {
        before.ends_with([';', '{', ',', '(', '['])
            && ['"', '\'', '`'].iter().all(|quote| before.matches(*quote).count().is_multiple_of(2))
    };
    let code =
        line.split_once(" // ").map(|(before, _)| before.trim_end()).filter(|before| is_code(before)).unwrap_or(line);
    (!code.is_empty() && !code.starts_with("//")).then_some(code)
}

/// A line of a style without its indent and the spaces around its signs, unless it is empty or a comment. No text of the styles
/// has such a sign.
pub(crate) fn of_style(line: &str) -> Option<String> {
    let line = line.trim();
    let is_comment = line.starts_with("/*") && line.ends_with("*/");
    let signs = [("; ", ";"), (": ", ":"), (", ", ","), (" {", "{"), ("{ ", "{"), (" }", "}"), (";}", "}")];
    let pack = || signs.iter().fold(line.to_owned(), |packed, (sign, short)| packed.replace(sign, short));
    (!line.is_empty() && !is_comment).then(pack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_its_comment_and_keeps_its_texts() {
        assert_eq!(of_script("  // why"), None);
        assert_eq!(of_script("  let a = 1; // why"), Some("let a = 1;"));
        assert_eq!(of_script("  say(\"a, // b\");"), Some("say(\"a, // b\");"));
        assert_eq!(of_script("  say('it is', `a; // b`);"), Some("say('it is', `a; // b`);"));
        assert_eq!(of_style("/* why */"), None);
        assert_eq!(
            of_style("  .a :is(.b, .c) { color: red; top: 0; }").as_deref(),
            Some(".a :is(.b,.c){color:red;top:0}")
        );
    }
}
