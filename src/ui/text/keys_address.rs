//! The keys page: the section `address`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[
    ("keys.addr.title", "From public key to address", "从公钥到地址"),
    ("keys.addr.sub", "each stage only goes forwards", "每一步都只能往前"),
    ("keys.addr.flip", "Flip one bit of", "翻转一位："),
    ("keys.addr.flip.none", "nothing", "不翻转"),
    ("keys.addr.flip.private", "the private key", "私钥"),
    ("keys.addr.flip.public", "the public key's bytes", "公钥的字节"),
    ("keys.addr.which", "Which bit", "哪一位"),
    (
        "keys.addr.no_key",
        "Changed bytes are most likely no point of the curve, so no key at all. They are hashed all the same.",
        "改过的字节很可能不是曲线上的点，也就不是公钥；但照样可以做哈希。",
    ),
    ("keys.addr.sha256", "SHA-256", "SHA-256"),
    ("keys.addr.ripemd160", "RIPEMD-160", "RIPEMD-160"),
    ("keys.addr.version", "Version byte before it", "前面加版本字节"),
    ("keys.addr.say.key", "Where the walk ended: what everyone may see.", "走到的终点：谁都可以看。"),
    ("keys.addr.say.version", "Says which network the address is for.", "说明地址属于哪个网络。"),
    ("keys.addr.changed", "of {bits} bits changed", "位变了（共 {bits} 位）"),
    ("keys.addr.bits", "{bits} bits", "{bits} 位"),
    ("keys.addr.open", "Open this stage", "展开这一步"),
    (
        "keys.addr.open.sha256",
        "64 rounds of shifting, adding and mixing eight 32-bit numbers. One changed bit changes about half of all bits.",
        "对八个 32 位数做 64 轮移位、相加和混合。改变一位，大约一半的位都会变。",
    ),
    (
        "keys.addr.open.ripemd160",
        "Another hash of another family makes 20 bytes of the 32: shorter to write down.",
        "另一种哈希把 32 字节变成 20 字节：写下来更短。",
    ),
    (
        "keys.addr.open.version",
        "{byte} on this network. Bitcoin's main network has 00, which makes its addresses begin with 1.",
        "这个网络用 {byte}。比特币主网用 00，所以主网地址以 1 开头。",
    ),
    (
        "keys.addr.open.checksum",
        "SHA-256 twice over version and hash; the first four bytes are kept:",
        "对版本和哈希做两次 SHA-256，取前四个字节：",
    ),
    (
        "keys.addr.open.base58",
        "The 25 bytes are one large number. It is divided by 58 again and again: each remainder is a digit, the last one first.",
        "这 25 个字节是一个大数，反复除以 58：每次的余数就是一个数字，从最后一位开始。",
    ),
    ("keys.addr.mistake", "Mistype it", "打错试试"),
    ("keys.addr.mistake_sub", "the checksum notices", "校验和会发现"),
    ("keys.addr.mistype", "Mistype one character", "打错一个字符"),
    ("keys.addr.swap", "Swap two", "调换两个"),
    ("keys.addr.restore", "Right address", "正确的地址"),
    ("keys.addr.found", "checksum found", "找到的校验和"),
    ("keys.addr.needed", "checksum needed", "应有的校验和"),
    ("keys.addr.good", "An address", "是地址"),
    ("keys.addr.good_why", "The checksum fits.", "校验和吻合。"),
    (
        "keys.addr.other_why",
        "The checksum fits, and it is another address than the one above.",
        "校验和吻合，但和上面的不是同一个地址。",
    ),
    ("keys.addr.bad", "Refused", "被拒绝"),
    (
        "keys.addr.bad_why",
        "No wallet would send coins there, so the mistake costs nothing.",
        "任何钱包都不会往那里付款，所以打错不会有损失。",
    ),
    (
        "keys.addr.slip",
        "Four bytes: of 2^32, or four billion, random mistakes about one would slip through.",
        "四个字节：2^32，也就是约四十亿个随机错误里，大约只有一个能蒙混过关。",
    ),
    ("keys.addr.scale", "How many is 2^160?", "2^160 有多大？"),
    (
        "keys.addr.scale_why",
        "enough that nobody needs to ask whether an address is taken",
        "多到不用问地址有没有被别人用过",
    ),
    (
        "keys.addr.scale_label",
        "Counts of the world on a line of powers of two: there are nearly as many addresses as atoms in the Earth",
        "用 2 的幂来比较世界上的各种数量：地址的个数接近地球的原子数",
    ),
    ("keys.addr.count.birthday", "addresses until two are likely the same", "很可能出现两个相同地址时的地址数"),
    ("keys.addr.count.mass", "grams the Earth weighs", "地球的克数"),
];
