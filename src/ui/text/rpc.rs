//! What was wrong with a call of the console or of a script.

use super::Row;

/// Rows of the RPC's errors.
pub const ROWS: &[Row] = &[
    (
        "rule.rpc-method",
        "The first argument is the method's name, like \"getblockcount\".",
        "第一个参数是方法名，例如 \"getblockcount\"。",
    ),
    ("rule.rpc-parameter", "Parameter {position} has no JSON form.", "第 {position} 个参数无法写成 JSON。"),
    (
        "rule.rpc-usage",
        "Parameters given: {found}. It goes like this: {usage}. A text with spaces needs quotes.",
        "给了 {found} 个参数。正确写法：{usage}。含空格的文本要加引号。",
    ),
    (
        "rule.rpc-wrong-type",
        "A parameter is of the kind “{found}”, but “{wanted}” is expected.",
        "有一个参数的类型是 {found}，应为 {wanted}。",
    ),
    (
        "rule.rpc-integer-out-of-range",
        "{found} is no whole number, or too large or too small.",
        "{found} 不是整数，或者过大或过小。",
    ),
    (
        "rule.rpc-invalid-amount",
        "“{found}” is no number with at most {decimals} decimals, as JSON writes it: 0.5, not .5 or 0,5.",
        "“{found}”不是最多 {decimals} 位小数的数字。请按 JSON 的写法，例如 0.5，而不是 .5 或 0,5。",
    ),
    (
        "rule.rpc-amount-out-of-range",
        "An amount is 0 to 21 million coins, not {found}.",
        "金额应在 0 到 2100 万之间，而不是 {found}。",
    ),
    (
        "rule.rpc-hash-length",
        "A hash has 64 hexadecimal digits; this has {found} characters.",
        "哈希有 64 个十六进制数字，而这里有 {found} 个字符。",
    ),
    (
        "rule.rpc-hash-digits",
        "A hash has hexadecimal digits only (0–9, a–f).",
        "哈希只由十六进制数字（0–9、a–f）组成。",
    ),
    ("rule.rpc-decode-failed", "The bytes can't be read: {reason}.", "无法解读这些字节（{reason}）。"),
    ("rule.rpc-unknown-parameter", "There is no parameter “{name}”; see help.", "没有名为“{name}”的参数，请看 help。"),
    ("rule.rpc-parameter-twice", "The parameter “{name}” is given twice.", "参数“{name}”给了两次。"),
    (
        "rule.rpc-not-served",
        "Bitcoin Core takes this for “{name}”, this node does not. It takes: {served}.",
        "Bitcoin Core 支持“{name}”的这个值，但这个节点不支持。可用的是：{served}。",
    ),
    ("rule.rpc-invalid-parameter", "“{name}” can't be that: {reason}.", "“{name}”不能取这个值（{reason}）。"),
    (
        "rule.rpc-quote-not-closed",
        "The quote {quote} is never closed. Put the same kind at the end of the text.",
        "引号 {quote} 没有闭合。请在文本末尾加上对应的引号。",
    ),
    ("rule.rpc-bracket-not-closed", "A bracket is never closed: {text}", "括号没有闭合：{text}"),
    ("rule.rpc-not-json", "That is no JSON: {text} ({reason}).", "这不是 JSON：{text}（{reason}）。"),
    (
        "rule.rpc-block-not-here",
        "This node knows the block's header, but not the block.",
        "这个节点只有该区块的区块头，没有区块本身。",
    ),
    (
        "rule.rpc-transaction-not-found",
        "No such transaction waits here or is in a block looked at.",
        "这里没有这笔等待中的交易，所查的区块里也没有。",
    ),
    (
        "rule.rpc-genesis-coinbase",
        "The reward of block 0 can never be spent; it counts as no transaction.",
        "第 0 块的奖励永远不能花，不算作普通交易。",
    ),
    (
        "rule.rpc-fee-rate-too-high",
        "A limit of one coin or more a thousand bytes is none.",
        "每千字节一个币以上的上限没有意义。",
    ),
    (
        "rule.rpc-burn-above-limit",
        "An output of {amount} can never be spent by anyone; up to {most} would be allowed (maxburnamount).",
        "有一个 {amount} 的输出永远无人能花；允许的上限是 {most}（maxburnamount）。",
    ),
    ("rule.rpc-already-in-chain", "This transaction is in a block already.", "这笔交易已经在区块里。"),
    (
        "rule.max-fee-exceeded",
        "Its fee is above the limit of 0.10 coins a thousand bytes, or the one given: surely a slip.",
        "它的手续费超过了上限（默认每千字节 0.10 个币），想必是弄错了。",
    ),
    (
        "rule.missing-inputs",
        "It spends a coin that does not exist here or is spent already.",
        "它要花的币在这里不存在，或已经被花掉。",
    ),
    (
        "rule.rpc-address-type",
        "There is no kind of address “{found}”; here it is legacy.",
        "没有“{found}”这种地址类型，这里用的是 legacy。",
    ),
    ("rule.rpc-label-name", "A name can't be *, which stands for all names.", "名称不能是 *，它代表所有名称。"),
    ("rule.rpc-duplicated-address", "The address {address} is there twice.", "地址 {address} 出现了两次。"),
    (
        "rule.rpc-fee-settings",
        "“{name}” can't be that: give a fee rate, or a target with a mode, not both; a mode is unset, economical or conservative, a target 1 to 1008.",
        "“{name}”不能这样用：只能给费率，或者给目标和模式，不能都给；模式为 unset、economical 或 conservative，目标为 1 到 1008。",
    ),
];
