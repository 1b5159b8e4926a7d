//! The 80 bytes of a block's header, and what hashing them twice gives.

use yew::prelude::*;

use crate::api::{BlockView, ByteRun, ProofOfWork};
use crate::ui::parts::{
    ByteStrip, FigurePanel, HashText, Icon, IconName, Mark, MarkKind, block_time, date_time, short_digits, zeros_text,
};
use crate::ui::{Digest, Text, format};

/// Names and lengths in bytes of a header's fields, in wire order.
const FIELDS: [(&str, usize); 6] =
    [("version", 4), ("prev_block", 32), ("merkle_root", 32), ("time", 4), ("bits", 4), ("nonce", 4)];

/// Cuts a header's digits into its fields; too few digits give fewer fields.
fn runs(header_hex: &str, values: [String; 6]) -> Vec<ByteRun> {
    let mut at = 0;
    let mut runs = Vec::with_capacity(FIELDS.len());
    for ((field, bytes), value) in FIELDS.into_iter().zip(values) {
        let Some(hex) = header_hex.get(at..at + bytes * 2) else { break };
        runs.push(ByteRun { field: field.to_owned(), hex: hex.to_owned(), value });
        at += bytes * 2;
    }
    runs
}

fn short(hash: impl Into<Digest>) -> String {
    let hex = hash.into().hex();
    let (zeros, rest) = short_digits(&hex);
    [zeros, &rest].concat()
}

fn values(text: Text, block: &BlockView) -> [String; 6] {
    let parent = match block.card.height.checked_sub(1) {
        Some(height) => {
            text.with(key!("chain.prev_value"), &[("height", &height.to_string()), ("hash", &short(block.card.prev))])
        }
        None => text.t(key!("chain.prev_none")).to_owned(),
    };
    let count = text.count(plural!("common.transactions"), block.card.tx_count.into());
    [
        format!("0x{:08x}", block.version),
        parent,
        text.with(key!("chain.merkle_value"), &[("hash", &short(block.merkle_root)), ("transactions", &count)]),
        date_time(block_time(block.card.time)),
        zeros_text(text, block.needed_zero_bits),
        format::grouped(block.nonce.into()),
    ]
}

/// The header as a byte strip, and the hash it gives.
pub fn header_panel(text: Text, block: &BlockView) -> Html {
    let height = block.card.height.to_string();
    let runs = runs(&block.header_hex, values(text, block));
    let table = html! {
        <table class="table">
            <thead><tr><th>{text.t(key!("chain.field"))}</th><th>{text.t(key!("chain.bytes"))}</th><th>{text.t(key!("chain.meaning"))}</th></tr></thead>
            <tbody>
                {for runs.iter().map(|run| html! {
                    <tr key={run.field.clone()}><td>{text.field(&run.field)}</td><td class="wrap"><code class="mono">{run.hex.clone()}</code></td><td class="wrap">{run.value.clone()}</td></tr>
                })}
                <tr><td>{text.t(key!("chain.block_hash"))}</td><td class="wrap" colspan="2"><code class="mono">{block.card.hash.to_string()}</code></td></tr>
            </tbody>
        </table>
    };
    let figure = html! {
        <>
            <div class="bytes bytes--header">
                <ByteStrip {runs} label={text.t(key!("chain.header_label"))} />
                {outcome(text, block)}
            </div>
        </>
    };
    html! {
        <FigurePanel class="a-head" name="header" title={text.with(key!("chain.header_title"), &[("height", &height)])}
            subtitle={AttrValue::Static(text.t(key!("chain.header_sub")))} {figure} {table} />
    }
}

fn outcome(text: Text, block: &BlockView) -> Html {
    let needed = text.count(plural!("chain.must_start"), block.needed_zero_bits.into());
    let found = text.count(plural!("chain.zero_bits"), block.zero_bits.into());
    let (verdict, needed, say) = match block.proof_of_work {
        ProofOfWork::Met => (
            "ok",
            needed,
            html! { <><Mark kind={MarkKind::Ok} size={16} /><b>{text.t(key!("chain.below_target"))}</b>{found}</> },
        ),
        ProofOfWork::NotMet => (
            "bad",
            needed,
            html! { <><Mark kind={MarkKind::Bad} size={16} /><b>{text.t(key!("chain.above_target"))}</b>{found}</> },
        ),
        // Nothing is asked of it, so there is nothing to tick off.
        ProofOfWork::Given => ("given", String::new(), html! { text.t(key!("chain.nobody_mined")) }),
    };
    html! {
        <div class="outcome" data-verdict={verdict}>
            <span class="outcome__op"><Icon name={IconName::ArrowRight} /><span>{text.t(key!("chain.sha_twice"))}</span><Icon name={IconName::ArrowRight} /></span>
            <span class="outcome__hash">
                <span class="bytes__label"><b>{text.t(key!("chain.block_hash"))}</b><span>{needed}</span></span>
                <HashText hash={block.card.hash} full={true} copy={true} />
                <span class="outcome__say">{say}</span>
            </span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_six_fields_of_eighty_bytes() {
        let runs = runs(&"ab".repeat(80), Default::default());
        assert_eq!(runs.len(), 6);
        assert_eq!(runs.iter().map(|run| run.hex.len() / 2).sum::<usize>(), 80);
    }

    #[test]
    fn a_cut_header_shows_what_there_is() {
        assert_eq!(runs("abcd", Default::default()).len(), 0);
        assert_eq!(runs(&"ab".repeat(40), Default::default()).len(), 2);
    }
}
