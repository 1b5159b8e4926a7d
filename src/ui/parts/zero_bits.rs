//! What a block takes, in words: zero bits, and why it may be easy.

use crate::api::EasyBlock;
use crate::ui::Text;

/// `1 zero bit`, `4 zero bits`.
pub fn zeros_text(text: Text, zeros: u32) -> String {
    text.count(plural!("common.zeros"), zeros.into())
}

/// Why a block of minimum difficulty is allowed now, in a sentence.
pub fn easy_text(text: Text, easy: &EasyBlock, zero_bits: u32) -> String {
    let zeros = zeros_text(text, zero_bits);
    if easy.is_first {
        return text.with(key!("common.easy.first"), &[("zeros", &zeros)]);
    }
    let span = match u64::from(easy.after_secs) {
        secs if secs.is_multiple_of(60) => text.count(plural!("common.easy.minutes"), secs / 60),
        secs => text.count(plural!("common.easy.seconds"), secs),
    };
    text.with(key!("common.easy.late"), &[("span", &span), ("zeros", &zeros)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_an_easy_block_is_allowed_is_said_in_both_languages() {
        let late = EasyBlock { after_secs: 300, ordinary_zero_bits: 22, is_first: false };
        let english = Text::default();
        let said = |easy, zeros| easy_text(english, &easy, zeros);
        assert_eq!(said(late, 16), "No block for 5 minutes: an easy one (16 zero bits) is allowed.");
        let soon = EasyBlock { after_secs: 60, ..late };
        assert_eq!(said(soon, 1), "No block for 1 minute: an easy one (1 zero bit) is allowed.");
        let odd = EasyBlock { after_secs: 90, ..late };
        assert_eq!(said(odd, 0), "No block for 90 seconds: an easy one (0 zero bits) is allowed.");
        let first = EasyBlock { is_first: true, ..late };
        assert_eq!(said(first, 16), "No block yet: an easy one (16 zero bits) is allowed.");
        let chinese = Text::of("zh-CN");
        assert_eq!(easy_text(chinese, &late, 16), "5 分钟没有出块：允许一个容易的区块（16 个零位）。");
    }
}
