//! The keys page: who can link which addresses, in the section `many`.

use super::Row;

/// Rows of the picture and its words.
pub const ROWS: &[Row] = &[
    ("keys.link.title", "Who can link your addresses", "谁能把你的地址关联起来"),
    (
        "keys.link.sub",
        "an address has no name in it, but how it is used tells a lot",
        "地址里没有名字，但用法会透露很多",
    ),
    ("keys.link.guess", "Guess the change too", "把找零也猜出来"),
    (
        "keys.link.label",
        "Addresses on the chain: {groups} groups with one owner each, among {addresses} addresses",
        "链上的地址：共 {addresses} 个，其中 {groups} 组各属同一个主人",
    ),
    ("keys.link.owner.one", "1 address, used again", "1 个地址，重复使用"),
    ("keys.link.owner.many", "{count} addresses, one owner", "{count} 个地址，同一个主人"),
    ("keys.link.alone", "No link found", "没有发现关联"),
    ("keys.link.drawn", "({drawn} of {count} drawn)", "（共 {count} 个，画出 {drawn} 个）"),
    ("keys.link.yours", "yours", "你的"),
    ("keys.link.paid.one", "{count} payment", "收款 {count} 次"),
    ("keys.link.paid.many", "{count} payments", "收款 {count} 次"),
    ("keys.link.paid_earlier", "paid earlier", "更早收的款"),
    ("keys.link.together", "paid together", "一起付款"),
    ("keys.link.reused", "used again", "重复使用"),
    ("keys.link.maybe_change", "change, maybe", "可能是找零"),
    ("keys.link.choose", "Choose an address or a reason to read why.", "选一个地址或一条理由，看看为什么。"),
    (
        "keys.link.why_both",
        "{first} and {second} both paid for {txid}. One transaction needs a signature for every coin in it, so one person must have had both keys.",
        "{first} 和 {second} 一起为 {txid} 付了款。一笔交易里的每枚币都要签名，所以一定有一个人同时掌握这两把密钥。",
    ),
    (
        "keys.link.why_all",
        "{count} addresses paid together for {txid}. One transaction needs a signature for every coin in it, so one person must have had all their keys.",
        "{count} 个地址一起为 {txid} 付了款。一笔交易里的每枚币都要签名，所以一定有一个人掌握所有这些密钥。",
    ),
    (
        "keys.link.why_change",
        "A guess: {txid} paid a round sum to one address. The odd rest went to {address}, so that is probably the payer's own change.",
        "这是猜测：{txid} 付了一个整数金额。零头去了 {address}，所以它多半是付款人自己的找零。",
    ),
    (
        "keys.link.why_address",
        "Whoever owns {address} also owns {others}: {txids} gave it away.",
        "{address} 的主人还拥有{others}：是 {txids} 暴露的。",
    ),
    ("keys.link.others.one", "1 other address", "另外 1 个地址"),
    ("keys.link.others.many", "{count} other addresses", "另外 {count} 个地址"),
    (
        "keys.link.why_reuse",
        "{address} was paid {count} times. One key owns all these payments, and everyone can add them up.",
        "{address} 收了 {count} 次款。这些钱都归同一把密钥，谁都能把它们加起来。",
    ),
    (
        "keys.link.why_again",
        "{address} was paid again after its coins had been spent: old and new payments have one owner.",
        "{address} 的币花掉之后又收了款：新旧付款属于同一个主人。",
    ),
    (
        "keys.link.why_alone",
        "Nothing in these blocks links {address} to another address: it was used once, and alone.",
        "这些区块里没有什么能把 {address} 和别的地址关联起来：它只单独用过一次。",
    ),
    (
        "keys.link.own",
        "This address is yours. Whoever you told it to knows that.",
        "这个地址是你的。你把它告诉过谁，谁就知道。",
    ),
    (
        "keys.link.own_linked",
        "This address is yours. Whoever knows that now knows the others are yours too.",
        "这个地址是你的。谁知道这一点，现在也知道其余的都是你的。",
    ),
    (
        "keys.link.read",
        "Read here: the newest {blocks} blocks ({most} at most) with {transactions} transactions and {addresses} addresses. Everyone has these blocks, so everyone can do this.",
        "这里读的是最新的 {blocks} 个区块（最多 {most} 个），有 {transactions} 笔交易、{addresses} 个地址。人人都有这些区块，所以人人都能这样做。",
    ),
    (
        "keys.link.me_none",
        "What others can know about you: none of your addresses is linked to another.",
        "别人能知道你什么：你的地址之间没有发现关联。",
    ),
    (
        "keys.link.me.one",
        "What others can know about you: {count} of your addresses is linked to another.",
        "别人能知道你什么：你有 {count} 个地址已和别的地址关联在一起。",
    ),
    (
        "keys.link.me.many",
        "What others can know about you: {count} of your addresses are linked to others.",
        "别人能知道你什么：你有 {count} 个地址已和别的地址关联在一起。",
    ),
    ("keys.link.try", "Make a link yourself:", "自己造一个关联："),
    (
        "keys.link.try_how",
        "be paid at two addresses, then pay a sum larger than either coin. Your wallet must join them, and with the next block both stand in one group.",
        "用两个地址各收一笔款，再付一笔比任何一枚币都大的钱。钱包只好把它们合在一起，下一个区块之后，两个地址就在同一组里。",
    ),
    ("keys.link.avoid", "Avoid it:", "怎样避免："),
    (
        "keys.link.avoid_how",
        "a new address for every payment, and do not join coins that should not be seen together.",
        "每次收款都用新地址；不该让人看到在一起的币，就不要合起来花。",
    ),
    ("keys.link.failed", "The blocks could not be read", "读不到区块"),
    ("keys.link.again", "Try again", "重试"),
    ("keys.link.none", "No addresses on the chain yet", "链上还没有地址"),
    ("keys.link.none_why", "Mine a block or get a payment; then look again.", "先挖一个区块或收一笔款，再回来看。"),
    ("keys.link.go_mine", "Mine a block", "去挖矿"),
    ("keys.link.group", "Group", "组"),
    ("keys.link.address", "Address", "地址"),
    ("keys.link.payments", "Payments", "收款次数"),
    ("keys.link.because", "Why", "理由"),
];
