//! What is wrong with something typed, and what went wrong around the node.

use super::Row;

/// Rows of the wallet's, the session's and the browser's errors.
pub const ROWS: &[Row] = &[
    (
        "rule.hand-header-stale",
        "Another block came first: this header was for block {height}, and block {newest} is here already. Go on with the new header.",
        "别的区块先到了：这个区块头是为区块 {height} 准备的，而区块 {newest} 已经有了。请用新的区块头继续。",
    ),
    (
        "rule.hand-header-unknown",
        "Your node did not make this header, so it can't make a block of it. Use the header on this page.",
        "这个区块头不是你的节点造的，所以不能用它做区块。请使用本页上的区块头。",
    ),
    // Addresses.
    ("rule.address-empty", "Enter an address.", "请输入地址。"),
    (
        "rule.address-character",
        "Character {position} is {character}, which addresses never have.",
        "第 {position} 个字符是 {character}，它不会出现在地址里。",
    ),
    (
        "rule.address-checksum",
        "The checksum is wrong: look for a mistyped character.",
        "校验和不对：请检查是否输错了字符。",
    ),
    ("rule.address-length", "This is no address: its bytes are too few or too many.", "这不是地址：字节数不对。"),
    (
        "rule.address-network",
        "This address belongs to another network (byte {found}, here {expected}).",
        "这个地址属于另一个网络（字节 {found}，这里应为 {expected}）。",
    ),
    (
        "rule.address-kind",
        "This is a {what}. Only addresses of one key are understood here.",
        "这是一种 {what}，这里只支持单个密钥的地址。",
    ),
    ("rule.base58-empty", "Nothing was entered.", "还没有输入内容。"),
    (
        "rule.base58-character",
        "Character {position} is {character}, which Base58 does not have.",
        "第 {position} 个字符是 {character}，它不属于 Base58。",
    ),
    ("rule.base58-too-short", "That is too short ({found} bytes).", "太短了（{found} 字节）。"),
    ("rule.base58-too-long", "That is too long ({found} characters).", "太长了（{found} 个字符）。"),
    (
        "rule.base58-checksum",
        "The checksum is wrong (written {found}, computed {expected}): look for a mistyped character.",
        "校验和不对（写的是 {found}，算出来是 {expected}）：请检查是否输错了字符。",
    ),
    // Payment links.
    (
        "rule.link-required",
        "This payment link requires “{name}”, which is not known here, so it can't be followed.",
        "这个付款链接要求“{name}”，这里不认识它，所以不能按它付款。",
    ),
    (
        "rule.link-amount",
        "The amount in this payment link is wrong: it should be digits with at most one point, like 1.5.",
        "这个付款链接里的金额不对：应由数字和最多一个小数点组成，例如 1.5。",
    ),
    ("rule.link-repeated", "This payment link says “{name}” twice.", "这个付款链接里“{name}”出现了两次。"),
    (
        "rule.link-encoding",
        "What this payment link says as “{name}” can't be read.",
        "这个付款链接里的“{name}”无法读出。",
    ),
    // Numbers as people type them.
    ("rule.number-missing", "Enter a number.", "请输入一个数。"),
    ("rule.number-negative", "A number can't be below zero here.", "这里的数不能是负数。"),
    (
        "rule.number-character",
        "Character {position} is {character}, which numbers never have. Type digits and at most one point, like 1.5.",
        "第 {position} 个字符是 {character}，它不会出现在数里。请输入数字和最多一个小数点，例如 1.5。",
    ),
    ("rule.number-no-digits", "There is no digit in this.", "这里没有数字。"),
    (
        "rule.number-separators",
        "There is more than one separator in this. Type digits and at most one point, like 1.5.",
        "这里有不止一个分隔符。请输入数字和最多一个小数点，例如 1.5。",
    ),
    (
        "rule.number-grouped",
        "The thousands are set apart in this. If you mean {meant}, type {meant}.",
        "这里用了千位分隔符。如果你指的是 {meant}，请输入 {meant}。",
    ),
    (
        "rule.number-ambiguous",
        "This can be read as {whole} or as {decimal}. Type one of the two.",
        "这可以读成 {whole}，也可以读成 {decimal}。请输入其中一个。",
    ),
    ("rule.number-not-whole", "This has to be a whole number.", "这里应为整数。"),
    ("rule.number-too-large", "This number is too large.", "这个数太大了。"),
    // Amounts.
    ("rule.amount-empty", "Enter an amount.", "请输入金额。"),
    (
        "rule.amount-character",
        "An amount has digits and one decimal point, like 1.5.",
        "金额由数字和一个小数点组成，例如 1.5。",
    ),
    ("rule.amount-decimals", "A coin has eight decimals at most.", "金额最多八位小数。"),
    ("rule.amount-range", "There are never more than 21 million coins.", "币的总量不会超过 2100 万。"),
    ("rule.amount-negative", "An amount can't be below zero.", "金额不能是负数。"),
    // Keys.
    (
        "rule.key-digit",
        "Character {position} is not a hexadecimal digit (0–9, a–f).",
        "第 {position} 个字符不是十六进制数字（0–9、a–f）。",
    ),
    (
        "rule.key-length",
        "A key of {found} bytes was entered; {expected} are right.",
        "输入的密钥有 {found} 字节，应为 {expected} 字节。",
    ),
    ("rule.key-zero", "A private key is not zero.", "私钥不能为零。"),
    (
        "rule.key-too-large",
        "This number is larger than the curve allows for a private key.",
        "这个数超出了曲线允许的私钥范围。",
    ),
    (
        "rule.key-prefix",
        "A public key begins with 02, 03 or 04, not with {found}.",
        "公钥以 02、03 或 04 开头，而不是 {found}。",
    ),
    (
        "rule.key-not-on-curve",
        "This point is not on the curve, so it is no public key.",
        "这个点不在曲线上，所以不是公钥。",
    ),
    (
        "rule.wif-length",
        "A private key in this format has 33 or 34 bytes; this has {found}.",
        "这种格式的私钥有 33 或 34 字节，而这里有 {found} 字节。",
    ),
    (
        "rule.wif-network",
        "This private key belongs to another network (byte {found}, here {expected}).",
        "这个私钥属于另一个网络（字节 {found}，这里应为 {expected}）。",
    ),
    (
        "rule.wif-compression-flag",
        "The byte after the key should be 01, not {found}.",
        "密钥后面的字节应为 01，而不是 {found}。",
    ),
    // Signatures.
    ("rule.signature-der", "The signature's bytes are not in the right form.", "签名的字节格式不正确。"),
    ("rule.signature-length", "The signature has the wrong length.", "签名长度不对。"),
    ("rule.signature-range", "The signature's numbers are outside of the allowed range.", "签名中的数超出了允许范围。"),
    ("rule.message-base64", "The signature is not Base64 text.", "签名不是 Base64 文本。"),
    (
        "rule.message-length",
        "A message's signature has 65 bytes; this has {found}.",
        "消息签名有 65 字节，而这里有 {found} 字节。",
    ),
    ("rule.message-no-key", "No key makes this signature over this message.", "没有任何密钥能对这条消息产生这个签名。"),
    (
        "rule.message-other-key",
        "The key of {signer} made this signature, not that of {expected}.",
        "这个签名出自 {signer} 的密钥，而不是 {expected} 的密钥。",
    ),
    ("rule.message-too-long", "The message is too long.", "消息太长了。"),
    // Words.
    (
        "rule.words-count",
        "A wallet has 12, 15, 18, 21 or 24 words; these are {found}.",
        "助记词应为 12、15、18、21 或 24 个，现在有 {found} 个。",
    ),
    (
        "rule.words-unknown",
        "Word {position}, “{word}”, is not in the list. Near it: {suggestions}.",
        "第 {position} 个词“{word}”不在词表里。相近的词：{suggestions}。",
    ),
    (
        "rule.words-checksum",
        "All words are in the list, but they do not fit together: a word or the order is wrong.",
        "每个词都在词表里，但合在一起校验不通过：可能有词写错，或顺序不对。",
    ),
    (
        "rule.words-too-long",
        "These are {found} characters; words have at most {limit} together. Nothing was cut off: shorten it.",
        "这里有 {found} 个字符；助记词合起来最多 {limit} 个。没有截断，请改短。",
    ),
    (
        "rule.passphrase-too-long",
        "This passphrase has {found} characters; at most {limit} are taken. Nothing was cut off: shorten it.",
        "这个口令有 {found} 个字符；最多 {limit} 个。没有截断，请改短。",
    ),
    (
        "rule.words-entropy",
        "The random number has {found} bytes; 16 to 32 are right.",
        "随机数有 {found} 字节，应为 16 到 32 字节。",
    ),
    // Payments.
    ("rule.wallet-no-recipients", "Enter whom to pay.", "请填写收款方。"),
    (
        "rule.wallet-too-many-recipients",
        "{found} recipients are too many; at most {most}.",
        "收款方有 {found} 个，最多 {most} 个。",
    ),
    (
        "rule.wallet-send-all-recipients",
        "Everything can be sent to one recipient only, these are {found}.",
        "全部转出只能有一个收款方，现在有 {found} 个。",
    ),
    ("rule.wallet-wrong-network", "{address} is not an address of this network.", "{address} 不是本网络的地址。"),
    (
        "rule.wallet-dust",
        "{amount} is too little to be worth sending; the least is {least}.",
        "{amount} 太少，不值得发送，最少 {least}。",
    ),
    ("rule.wallet-too-large", "That is more than all the coins there can be.", "这超过了币的总量上限。"),
    (
        "rule.wallet-fee-too-low",
        "A fee of {asked} satoshis a byte is too low; the least is {least}.",
        "每字节 {asked} 聪的手续费太低，最低 {least}。",
    ),
    (
        "rule.wallet-fee-too-high",
        "A fee of {asked} satoshis a byte is surely a slip; the most is {most}.",
        "每字节 {asked} 聪的手续费想必是输错了，最高 {most}。",
    ),
    (
        "rule.wallet-insufficient-funds",
        "{needed} is needed, fee included; you can spend {available} (maturing {immature}, waiting {pending}).",
        "连手续费共需 {needed}，你可以花 {available}（未成熟 {immature}，待确认 {pending}）。",
    ),
    (
        "rule.wallet-fee-above-amount",
        "The fee of {fee} is more than the {amount} it is taken from.",
        "手续费 {fee} 比要从中扣除的 {amount} 还多。",
    ),
    ("rule.wallet-unknown-coin", "The coin {outpoint} is not in this wallet.", "币 {outpoint} 不在这个钱包里。"),
    (
        "rule.wallet-coin-not-spendable",
        "The coin {outpoint} can't be spent now ({reason}).",
        "币 {outpoint} 现在不能花（{reason}）。",
    ),
    (
        "rule.wallet-too-many-inputs",
        "This takes {needed} coins, but one payment can spend {most}. Pay less, or several times.",
        "这需要 {needed} 个币，而一笔付款最多花 {most} 个。请减少金额或分几次支付。",
    ),
    ("rule.wallet-key-not-here", "This wallet does not hold that key.", "这个钱包没有那把私钥。"),
    ("rule.wallet-not-here", "There is no wallet on this network.", "这个网络没有钱包。"),
    (
        "rule.stored-wallet-version",
        "This wallet is stored in format {found}; formats up to {known} are understood.",
        "这个钱包的存储格式是 {found}，只支持到 {known}。",
    ),
    ("rule.stored-wallet-words", "The stored words are damaged.", "保存的助记词已损坏。"),
    ("rule.stored-wallet-payment", "A stored payment is damaged: {reason}.", "保存的一笔付款已损坏（{reason}）。"),
    // Paths and extended keys.
    ("rule.path-start", "A path begins with m.", "路径以 m 开头。"),
    ("rule.path-step", "A step of the path is not a number.", "路径中有一步不是数字。"),
    ("rule.path-too-deep", "The path has too many steps.", "路径的层数太多。"),
    ("rule.path-too-large", "A number in the path is too large.", "路径中有一个数太大。"),
    ("rule.extended-key-length", "An extended key has 78 bytes.", "扩展密钥应有 78 字节。"),
    ("rule.extended-key-version", "This is no extended key of this network.", "这不是本网络的扩展密钥。"),
    ("rule.extended-key-seed", "The seed is too short or too long.", "种子太短或太长。"),
    (
        "rule.extended-key-padding",
        "The private part of this extended key does not begin with a zero byte.",
        "这个扩展密钥的私钥部分没有以零字节开头。",
    ),
    ("rule.extended-key-too-deep", "A key tree has at most 255 levels.", "密钥树最多 255 层。"),
    (
        "rule.extended-key-hardened-from-public",
        "A hardened key can't be made from a public key.",
        "无法从公钥推出强化派生的密钥。",
    ),
    ("rule.extended-key-no-such-child", "There is no key at this place of the tree.", "密钥树的这个位置没有密钥。"),
    (
        "rule.extended-key-master-fingerprint",
        "A root key names no parent, but this one does.",
        "根密钥没有父密钥，但这里写了一个。",
    ),
    (
        "rule.extended-key-master-number",
        "A root key has number 0, but this one has another.",
        "根密钥的编号是 0，但这里不是。",
    ),
    // Searching and the console.
    (
        "rule.search-not-found",
        "No block, transaction, node or address like that is known here.",
        "这里没有这样的区块、交易、节点或地址。",
    ),
    ("rule.search-empty", "Enter a height, a hash, a node's name or an address.", "请输入高度、哈希、节点名或地址。"),
    (
        "rule.search-no-output",
        "This transaction has {count} outputs, numbered from 0; there is no {index}.",
        "这笔交易有 {count} 个输出，从 0 开始编号，没有 {index} 号。",
    ),
    ("rule.rpc-block-not-found", "No such block is known here.", "这里没有这个区块。"),
    ("rule.rpc-height-out-of-range", "The chain is not that high.", "链还没有那么高。"),
    (
        "rule.rpc-method-not-found",
        "There is no such method. Type help for the list.",
        "没有这个方法。输入 help 查看列表。",
    ),
    ("rule.power-out-of-range", "Power is 1 to 100 percent.", "功率为 1% 到 100%。"),
    ("rule.threads-out-of-range", "Between 1 and 8 workers can mine.", "可以用 1 到 8 个矿工线程。"),
    // The node itself.
    ("rule.node-not-running", "The node is not running.", "节点没有运行。"),
    (
        "rule.node-worker-failed",
        "This tab's node failed: {reason}. Reload the page to start it again.",
        "这个标签页的节点出错了（{reason}）。重新加载页面即可再次启动。",
    ),
    (
        "rule.stale-worker",
        "Page and node are of different versions. Reload the page.",
        "页面与节点的版本不一致，请重新加载页面。",
    ),
    ("rule.stored-state-unreadable", "What this node stored can't be read.", "无法读取这个节点保存的数据。"),
    ("rule.stored-block-unreadable", "A stored block can't be read.", "有一个保存的区块无法读取。"),
];
