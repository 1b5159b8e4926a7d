//! A line of the console: a method's name and its parameters, as words.
//!
//! Words are parted by spaces. Quotes of any script hold one together; so do the brackets of JSON.
//! What a word is, the method's table says: a parameter that is a text is the text as it stands,
//! be it `2024`, `null` or `true`; the others are JSON.

use serde_json::Value;

use super::param::Kind;
use super::table::Method;
use crate::api::{UserError, code};

/// Quotes that may open a word, with those that close it. Phones and word processors make the
/// typographic ones out of the straight ones.
const QUOTES: [(char, &[char]); 12] = [
    ('"', &['"']),
    ('\'', &['\'']),
    ('“', &['”', '“']),
    ('”', &['”']),
    ('„', &['“', '”', '„']),
    ('‘', &['’', '‘']),
    ('’', &['’']),
    ('‚', &['‘', '’']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('「', &['」']),
    ('『', &['』']),
];

/// A word of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Word {
    /// As it was typed.
    Bare(String),
    /// What was between quotes.
    Quoted(String),
    /// Between brackets, typographic quotes in it made straight; and as it was typed.
    Bracketed { json: String, typed: String },
    /// A bracket that was never closed, up to the next space.
    Unclosed(String),
}

/// The method's name and its parameters; none where the line is empty.
///
/// # Errors
/// A quote that is never closed, or a bracket where JSON is wanted.
pub(super) fn read_line(
    line: &str,
    method_called: impl Fn(&str) -> Option<&'static Method>,
) -> Result<Option<(String, Vec<Value>)>, UserError> {
    let mut words = split(line)?.into_iter();
    let Some(first) = words.next() else { return Ok(None) };
    let name = match first {
        Word::Bare(text) | Word::Quoted(text) | Word::Unclosed(text) | Word::Bracketed { typed: text, .. } => text,
    };
    let words: Vec<Word> = words.collect();
    let method = method_called(&name);
    if let [Word::Bracketed { json, .. }] = words.as_slice()
        && let Ok(named @ Value::Object(_)) = serde_json::from_str::<Value>(json)
    {
        return Ok(Some((name, vec![named])));
    }
    let kind_at = |at: usize| method.and_then(|method| method.params.get(at)).map(|param| param.kind);
    let params = words.into_iter().enumerate().map(|(at, word)| value(word, kind_at(at)));
    Ok(Some((name, params.collect::<Result<_, _>>()?)))
}

/// What a word is as a parameter of this kind; none where the method has no such parameter.
fn value(word: Word, kind: Option<Kind>) -> Result<Value, UserError> {
    let is_text = matches!(kind, Some(Kind::Text | Kind::Hex));
    Ok(match word {
        Word::Quoted(text) => Value::String(text),
        Word::Bare(text) | Word::Unclosed(text) if is_text => Value::String(text),
        Word::Bracketed { typed, .. } if is_text => Value::String(typed),
        Word::Bare(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Word::Bracketed { json, typed } => serde_json::from_str(&json).map_err(|error| {
            UserError::new(code::MISC_ERROR, "rpc-not-json", format!("Error parsing JSON: {typed}"))
                .fact("text", super::args::shown(&typed))
                .fact("reason", error)
        })?,
        Word::Unclosed(text) => {
            return Err(UserError::new(
                code::MISC_ERROR,
                "rpc-bracket-not-closed",
                format!("a bracket is never closed: {text}"),
            )
            .fact("text", super::args::shown(&text)));
        }
    })
}

fn closers(open: char) -> Option<&'static [char]> {
    QUOTES.iter().find(|(quote, _)| *quote == open).map(|(_, closers)| *closers)
}

fn split(line: &str) -> Result<Vec<Word>, UserError> {
    let characters: Vec<char> = line.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let rest = &characters[at..];
        let (word, length) = if let Some(closers) = closers(first) {
            quoted(rest, closers)?
        } else if matches!(first, '[' | '{') {
            bracketed(rest)
        } else {
            let length = bare_length(rest);
            (Word::Bare(rest[..length].iter().collect()), length)
        };
        words.push(word);
        at += length;
    }
    Ok(words)
}

fn bare_length(rest: &[char]) -> usize {
    rest.iter().position(|character| character.is_whitespace()).unwrap_or(rest.len())
}

/// Whether the character at this place closes a quote: a space or the end must follow, so that the
/// apostrophe of `'it's'` does not.
fn is_close(rest: &[char], at: usize, closers: &[char]) -> bool {
    closers.contains(&rest[at]) && rest.get(at + 1).is_none_or(|next| next.is_whitespace())
}

/// A word between quotes, and how many characters it takes. In straight double quotes a backslash
/// works as in JSON.
fn quoted(rest: &[char], closers: &[char]) -> Result<(Word, usize), UserError> {
    let has_escapes = rest[0] == '"';
    let mut at = 1;
    while at < rest.len() {
        if has_escapes && rest[at] == '\\' {
            at += 2;
            continue;
        }
        if is_close(rest, at, closers) {
            let inner: String = rest[1..at].iter().collect();
            let escaped = has_escapes.then(|| serde_json::from_str(&format!("\"{inner}\"")).ok()).flatten();
            return Ok((Word::Quoted(escaped.unwrap_or(inner)), at + 1));
        }
        at += 1;
    }
    let text: String = rest.iter().collect();
    Err(UserError::new(code::MISC_ERROR, "rpc-quote-not-closed", format!("a quote is never closed: {text}"))
        .fact("quote", rest[0])
        .fact("text", super::args::shown(&text)))
}

/// A word between brackets, up to the one that closes the first.
fn bracketed(rest: &[char]) -> (Word, usize) {
    let mut depth = 0_u32;
    let mut json = String::new();
    let mut quote: Option<&[char]> = None;
    let mut at = 0;
    while let Some(&character) = rest.get(at) {
        at += 1;
        match quote {
            Some(_) if character == '\\' => {
                json.push(character);
                json.extend(rest.get(at));
                at += 1;
                continue;
            }
            Some(closers) if closers.contains(&character) => {
                quote = None;
                json.push('"');
                continue;
            }
            Some(_) => {}
            None => match character {
                '[' | '{' => depth += 1,
                ']' | '}' => depth -= 1,
                _ if closers(character).is_some() => {
                    quote = closers(character);
                    json.push('"');
                    continue;
                }
                _ => {}
            },
        }
        json.push(character);
        if depth == 0 {
            // What follows without a space belongs to the word, which is no JSON then.
            let length = at + bare_length(&rest[at..]);
            json.extend(&rest[at..length]);
            return (Word::Bracketed { json, typed: rest[..length].iter().collect() }, length);
        }
    }
    let length = bare_length(rest);
    (Word::Unclosed(rest[..length].iter().collect()), length)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::method_called;
    use super::*;

    fn read(line: &str) -> Result<Option<(String, Value)>, String> {
        let read = read_line(line, method_called).map_err(|error| error.rule)?;
        Ok(read.map(|(method, params)| (method, Value::Array(params))))
    }

    #[test]
    fn a_word_is_what_the_methods_table_says() {
        let cases = [
            ("getblockcount", "getblockcount", json!([])),
            ("getblock 00ff 2", "getblock", json!(["00ff", 2])),
            ("getblock 12345678901234567890 true", "getblock", json!(["12345678901234567890", true])),
            ("signmessage mzBc4X 2024", "signmessage", json!(["mzBc4X", "2024"])),
            ("signmessage mzBc4X null", "signmessage", json!(["mzBc4X", "null"])),
            ("signmessage mzBc4X true", "signmessage", json!(["mzBc4X", "true"])),
            ("signmessage mzBc4X [1,2]", "signmessage", json!(["mzBc4X", "[1,2]"])),
            ("signmessage mzBc4X [pay", "signmessage", json!(["mzBc4X", "[pay"])),
            ("signmessage mzBc4X pay Bob 5", "signmessage", json!(["mzBc4X", "pay", "Bob", 5])),
            ("signmessage mzBc4X \"pay Bob 5\"", "signmessage", json!(["mzBc4X", "pay Bob 5"])),
            ("signmessage mzBc4X “pay Bob 5”", "signmessage", json!(["mzBc4X", "pay Bob 5"])),
            ("signmessage mzBc4X „pay Bob 5“", "signmessage", json!(["mzBc4X", "pay Bob 5"])),
            ("signmessage mzBc4X ‘pay Bob 5’", "signmessage", json!(["mzBc4X", "pay Bob 5"])),
            ("signmessage mzBc4X «pay Bob 5»", "signmessage", json!(["mzBc4X", "pay Bob 5"])),
            ("signmessage mzBc4X 「付 5」", "signmessage", json!(["mzBc4X", "付 5"])),
            ("signmessage mzBc4X 'it's 5'", "signmessage", json!(["mzBc4X", "it's 5"])),
            ("signmessage mzBc4X it's", "signmessage", json!(["mzBc4X", "it's"])),
            ("signmessage mzBc4X \"say \\\"hi\\\" now\"", "signmessage", json!(["mzBc4X", "say \"hi\" now"])),
            ("signmessage mzBc4X \"\"", "signmessage", json!(["mzBc4X", ""])),
            ("getblockhash \"7\"", "getblockhash", json!(["7"])),
            ("getblockhash seven", "getblockhash", json!(["seven"])),
            ("getblockhash {\"height\": 7}", "getblockhash", json!([{"height": 7}])),
            ("getblockhash {“height”: 7}", "getblockhash", json!([{"height": 7}])),
            ("testmempoolaccept [\"00\", “01 ]”]", "testmempoolaccept", json!([["00", "01 ]"]])),
            ("  sendtoaddress   mzBc4X 1.5 ", "sendtoaddress", json!(["mzBc4X", 1.5])),
            ("nosuch 1 a", "nosuch", json!([1, "a"])),
        ];
        for (line, method, params) in cases {
            let (found, found_params) = read(line).unwrap_or_else(|rule| panic!("{line}: {rule}")).expect("a method");
            assert_eq!(found, method, "{line}");
            assert_eq!(found_params, params, "{line}");
        }
        assert_eq!(read("   "), Ok(None));
    }

    #[test]
    fn what_is_never_closed_is_said_to_be() {
        for line in ["signmessage mzBc4X \"pay Bob", "signmessage mzBc4X “pay Bob", "signmessage mzBc4X 'x' 「pay"] {
            assert_eq!(read(line), Err("rpc-quote-not-closed".to_owned()), "{line}");
        }
        assert_eq!(read("testmempoolaccept [\"00\""), Err("rpc-bracket-not-closed".to_owned()));
        assert_eq!(read("testmempoolaccept [00,]"), Err("rpc-not-json".to_owned()));
    }
}
