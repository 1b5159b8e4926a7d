//! Why the wallet or a key refused something: one row a rule, at the field it is about.

use super::Row;

/// Rows of the rules of addresses, amounts, payments, words, keys and signatures.
pub const ROWS: &[Row] = &[
    // Addresses.
    ("rule.address-empty", "Type or choose an address.", "请输入或选择一个地址。"),
    (
        "rule.address-character",
        "Character {position} is “{character}”, which no address has (no 0, O, I or l).",
        "第 {position} 个字符是“{character}”，地址里不会有它（不用 0、O、I、l）。",
    ),
    (
        "rule.address-checksum",
        "The checksum does not fit: a character is mistyped. Written {found}, right would be {expected}.",
        "校验和不符：有字符打错了。写的是 {found}，应该是 {expected}。",
    ),
    (
        "rule.address-length",
        "This is too short or too long for an address ({found} bytes).",
        "地址长度不对（{found} 字节）。",
    ),
    (
        "rule.address-network",
        "An address of another network: it begins with byte {found}, here with {expected}.",
        "这是别的网络的地址：它以字节 {found} 开头，这个网络应为 {expected}。",
    ),
    (
        "rule.address-kind",
        "This kind of address is not understood here: only pay-to-public-key-hash (P2PKH).",
        "这里不支持这种地址：只支持 P2PKH 地址。",
    ),
    ("rule.base58-empty", "Nothing was typed.", "还没有输入内容。"),
    (
        "rule.base58-character",
        "Character {position} is “{character}”, which Base58 does not have.",
        "第 {position} 个字符是“{character}”，Base58 里没有它。",
    ),
    (
        "rule.base58-checksum",
        "The checksum does not fit: {found} is written, {expected} would be right.",
        "校验和不符：写的是 {found}，应该是 {expected}。",
    ),
    // Amounts and fees.
    ("rule.amount-empty", "Type an amount.", "请输入金额。"),
    (
        "rule.amount-format",
        "An amount is digits with at most one point, like 1.5.",
        "金额由数字和最多一个小数点组成，例如 1.5。",
    ),
    (
        "rule.amount-decimals",
        "At most 8 decimals: the smallest amount is 0.00000001. This has {found}.",
        "最多 8 位小数：最小金额是 0.00000001。这里有 {found} 位。",
    ),
    ("rule.amount-too-large", "There are never more than 21,000,000 coins.", "币的总量不会超过 21,000,000 个。"),
    ("rule.amount-negative", "An amount can't be negative.", "金额不能是负数。"),
    (
        "rule.fee-rate-out-of-range",
        "A fee rate is a whole number from 1 to {most} satoshis a virtual byte.",
        "费率是从 1 到 {most} 的整数，单位是每虚拟字节多少聪。",
    ),
    (
        "rule.wallet-fee-too-low",
        "Nodes pass on payments from {least} sat/vB up; this is {asked}.",
        "节点只转发费率不低于 {least} sat/vB 的付款；这里是 {asked}。",
    ),
    (
        "rule.wallet-fee-too-high",
        "A fee of {asked} is surely a slip: at most {most}.",
        "手续费 {asked} 多半是填错了：最多 {most}。",
    ),
    (
        "rule.wallet-insufficient-funds",
        "Not enough: {needed} needed with the fee, {available} spendable ({immature} still maturing, {pending} unconfirmed).",
        "余额不足：连手续费需要 {needed}，可用 {available}（未成熟 {immature}，未确认 {pending}）。",
    ),
    (
        "rule.wallet-dust",
        "Too small to be worth spending: at least {least}, this is {amount}.",
        "金额太小，花起来不划算：至少 {least}，这里是 {amount}。",
    ),
    ("rule.wallet-too-large", "There are never more than 21,000,000 coins.", "币的总量不会超过 21,000,000 个。"),
    (
        "rule.wallet-fee-above-amount",
        "The fee of {fee} would eat up the {amount}.",
        "手续费 {fee} 会把 {amount} 全部吃掉。",
    ),
    ("rule.wallet-no-recipients", "Say whom to pay.", "请填写付给谁。"),
    (
        "rule.wallet-too-many-recipients",
        "{found} addresses at once are too many: at most {most}.",
        "一次付给 {found} 个地址太多了：最多 {most} 个。",
    ),
    (
        "rule.wallet-send-all-recipients",
        "Paying everything takes one address, not {found}.",
        "全部付出时只能有 1 个地址，现在有 {found} 个。",
    ),
    ("rule.wallet-wrong-network", "{address} belongs to another network.", "{address} 属于别的网络。"),
    (
        "rule.wallet-unknown-coin",
        "The coin {outpoint} is not in this wallet (any more).",
        "币 {outpoint} 不在（或已不在）这个钱包里。",
    ),
    ("rule.wallet-coin-not-spendable", "The coin {outpoint} can't be spent now.", "币 {outpoint} 现在还不能花。"),
    (
        "rule.wallet-too-many-inputs",
        "This would take {needed} coins, more than the {most} that fit a payment. Pay less at once.",
        "这需要 {needed} 枚币，超过一笔付款最多的 {most} 枚。请分几次付款。",
    ),
    ("rule.wallet-not-here", "There is no wallet on this network.", "这个网络上没有钱包。"),
    ("rule.wallet-key-not-here", "This wallet does not hold the key of this address.", "这个钱包没有这个地址的密钥。"),
    // Words.
    (
        "rule.words-count",
        "{found} words: it must be 12, 15, 18, 21 or 24.",
        "有 {found} 个词：应该是 12、15、18、21 或 24 个。",
    ),
    (
        "rule.words-unknown",
        "Word {position}, “{word}”, is not on the word list. Near it: {suggestions}",
        "第 {position} 个词“{word}”不在词表里。相近的词：{suggestions}",
    ),
    (
        "rule.words-checksum",
        "All words are on the list, but together they do not fit: one is wrong, or their order is.",
        "每个词都在词表里，但合起来对不上：有一个词错了，或者顺序错了。",
    ),
    // Keys and signatures.
    ("rule.key-digit", "Character {position} is no hexadecimal digit.", "第 {position} 个字符不是十六进制数字。"),
    (
        "rule.key-length",
        "A public key has 33 or 65 bytes (66 or 130 digits); this has {found}.",
        "公钥有 33 或 65 个字节（66 或 130 个数字）；这里有 {found} 个字节。",
    ),
    (
        "rule.key-prefix",
        "A public key begins with 02, 03 or 04, not with {found}.",
        "公钥以 02、03 或 04 开头，而不是 {found}。",
    ),
    ("rule.key-not-on-curve", "This point is not on the curve y² = x³ + 7.", "这个点不在曲线 y² = x³ + 7 上。"),
    (
        "rule.signature-hex",
        "A signature is written in hexadecimal digits, two a byte.",
        "签名用十六进制数字书写，每个字节两个数字。",
    ),
    (
        "rule.signature-der",
        "Byte {at} breaks the format of a signature (DER).",
        "第 {at} 个字节不符合签名的格式（DER）。",
    ),
    (
        "rule.signature-length",
        "A compact signature has 64 bytes, this has {found}.",
        "紧凑签名有 64 个字节，这里有 {found} 个。",
    ),
    (
        "rule.signature-range",
        "{which} must be from 1 to the curve's order less 1.",
        "{which} 必须在 1 到曲线的阶减 1 之间。",
    ),
    ("rule.message-base64", "The signature is not Base64.", "签名不是 Base64 文本。"),
    (
        "rule.message-length",
        "A message signature has 65 bytes, this has {found}.",
        "消息签名有 65 个字节，这里有 {found} 个。",
    ),
    (
        "rule.message-header",
        "The first byte of the signature is {found}; it must be from 27 to 34.",
        "签名的第一个字节是 {found}；应在 27 到 34 之间。",
    ),
    ("rule.message-no-key", "No key can have made this signature.", "没有任何密钥能做出这个签名。"),
    (
        "rule.message-other-key",
        "Another address signed: {signer}, not {expected}.",
        "签名的是另一个地址：{signer}，不是 {expected}。",
    ),
    ("rule.message-too-long", "A message has at most {limit} bytes.", "消息最长 {limit} 字节。"),
    ("field.script_empty", "script left empty", "留空的脚本"),
];
