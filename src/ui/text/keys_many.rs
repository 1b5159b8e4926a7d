//! The keys page: the section `many`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[
    ("keys.many.words", "12 to 24 words (practice only)", "12 到 24 个词（只用于练习）"),
    ("keys.many.random_words", "Twelve random words", "随机 12 个词"),
    ("keys.many.title", "Many keys from a few words", "几个词，许多密钥"),
    ("keys.many.sub", "words, seed, master, branches, addresses", "助记词、种子、主密钥、分支、地址"),
    ("keys.many.passphrase", "Passphrase (may be empty)", "口令（可以为空）"),
    (
        "keys.many.passphrase_why",
        "Another passphrase makes another tree: there is no wrong one.",
        "换一个口令就是另一棵树：没有“错误”的口令。",
    ),
    ("keys.many.seed", "Seed, 64 bytes", "种子，64 字节"),
    (
        "keys.many.seed_why",
        "Words and passphrase, stirred 2048 times so that guessing is slow (BIP-0039).",
        "助记词和口令搅拌 2048 次，让猜测变慢（BIP-0039）。",
    ),
    ("keys.many.leaves", "Keys a branch", "每个分支的密钥数"),
    ("keys.many.tree", "The tree of keys; choose one to open it", "密钥树；选一个打开"),
    ("keys.many.no_tree", "No tree yet", "还没有树"),
    ("keys.many.no_tree_why", "Type 12 to 24 words, or let them be drawn.", "输入 12 到 24 个词，或随机抽取。"),
    ("keys.many.master", "master key", "主密钥"),
    ("keys.many.purpose", "purpose: BIP-0044", "用途：BIP-0044"),
    ("keys.many.coin", "coin: test networks", "币种：测试网络"),
    ("keys.many.account", "first account", "第一个账户"),
    ("keys.many.receiving", "for receiving", "收款用"),
    ("keys.many.change", "for change", "找零用"),
    ("keys.many.tree_title", "The tree", "密钥树"),
    (
        "keys.many.tree_sub",
        "every key makes its children; the words make them all",
        "每把密钥生出下一级，助记词生出全部",
    ),
    ("keys.tree.words", "words", "助记词"),
    ("keys.tree.seed", "seed", "种子"),
    ("keys.tree.master", "master key", "主密钥"),
    ("keys.tree.purpose", "purpose", "用途"),
    ("keys.tree.coin", "coin", "币种"),
    ("keys.tree.account", "account", "账户"),
    ("keys.tree.stretch", "BIP-0039: words to seed", "BIP-0039：词到种子"),
    (
        "keys.tree.derive",
        "BIP-0032: every key makes its children; BIP-0044: what each level is for",
        "BIP-0032：每把密钥生出下一级；BIP-0044：每一级的用途",
    ),
    ("keys.many.open_sub", "one key of the tree", "树上的一把密钥"),
    ("keys.many.xpub", "Extended public key", "扩展公钥"),
    ("keys.many.xprv", "Extended private key", "扩展私钥"),
    ("keys.many.show", "Show the secrets", "显示秘密"),
    ("keys.many.use", "Put it on screen", "放到屏幕上"),
    (
        "keys.many.xpub_why",
        "Who has the extended public key can make all addresses below it and see all their coins, but spend none.",
        "有扩展公钥的人能算出下面所有的地址、看到所有的币，但一个也花不了。",
    ),
    ("keys.many.gallery", "Key pairs", "密钥对"),
    ("keys.many.pairs.one", "{count} pair", "{count} 对"),
    ("keys.many.pairs.many", "{count} pairs", "{count} 对"),
    (
        "keys.many.practice",
        "Practice words only: never type the words of a wallet with real coins into any web page.",
        "只用练习的助记词：绝不要在任何网页里输入有真币的钱包的助记词。",
    ),
];
