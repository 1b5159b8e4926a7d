//! The keys page: the section `payment`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[
    ("keys.pay.title", "What a payment's signature covers", "付款的签名覆盖了什么"),
    ("keys.pay.sub", "these bytes, hashed twice, are z", "这些字节做两次哈希就是 z"),
    ("keys.pay.none", "No payment yet", "还没有付款"),
    (
        "keys.pay.none_why",
        "Send something from your wallet: its real bytes are shown here.",
        "从钱包里付一笔款：这里会显示它真实的字节。",
    ),
    ("keys.pay.go", "To the wallet", "去钱包"),
    ("keys.pay.choose", "Payment", "付款"),
    ("keys.pay.paid", "{amount} to {who}", "付给 {who} {amount}"),
    ("keys.pay.other", "Another kind of input", "另一种输入"),
    (
        "keys.pay.other_why",
        "This input isn't unlocked by one signature and one public key.",
        "这个输入不是用一个签名和一把公钥解锁的。",
    ),
    ("keys.pay.input", "Which input's signature", "哪个输入的签名"),
    ("keys.pay.type", "Hash type", "哈希类型"),
    (
        "keys.pay.how",
        "Press a byte to change it; press again to change it back. Arrow keys go from byte to byte. Scripts of other inputs are blank; this input's place holds the lock of the coin it spends.",
        "按一个字节就会改变它，再按一次就改回来。方向键在字节之间移动。其他输入的脚本留空；这个输入的位置放的是它所花的币的锁。",
    ),
    ("keys.pay.valid_why", "The owner of the coin signed exactly these bytes.", "币的主人签的正是这些字节。"),
    (
        "keys.pay.invalid_why",
        "These are not the bytes that were signed: every node refuses the payment.",
        "这不是当初签名的字节：每个节点都会拒绝这笔付款。",
    ),
    ("keys.pay.other_type", "Signed in another way", "签的是另一种类型"),
    (
        "keys.pay.other_type_why",
        "This payment was signed with another hash type. These are the bytes a signature of this type would cover.",
        "这笔付款用的是另一种哈希类型。这里显示的是这种类型的签名会覆盖的字节。",
    ),
    ("keys.pay.ask", "Ask the node about it", "询问节点"),
    ("keys.pay.no_tx", "These bytes are no transaction any more.", "这些字节已经不是一笔交易了。"),
    ("keys.pay.one", "Nothing is hashed here", "这里没有可哈希的内容"),
    (
        "keys.pay.one_why",
        "SINGLE has no output with this number. By an old mistake that is a rule now, the number 1 is signed instead of a hash: never do this.",
        "SINGLE 没有对应编号的输出。由于一个早期的错误（现在成了规则），签的是数字 1 而不是哈希：千万别这样做。",
    ),
    (
        "keys.pay.open.all",
        "ALL: every input and every output is fixed. Nothing is left open.",
        "ALL：所有输入和输出都固定。没有任何东西可改。",
    ),
    (
        "keys.pay.open.none",
        "NONE: all inputs are fixed, no output is: anyone may say where the coins go.",
        "NONE：输入都固定，输出都没固定：谁都可以决定币的去向。",
    ),
    (
        "keys.pay.open.single",
        "SINGLE: all inputs, and the output with this input's number. Other outputs are left open.",
        "SINGLE：所有输入，以及与这个输入编号相同的输出。其他输出可以改。",
    ),
    (
        "keys.pay.open.all_alone",
        "ALL with ANYONECANPAY: this input and every output. Others may add inputs, as in a collection.",
        "ALL 加 ANYONECANPAY：这个输入和所有输出。别人可以加入输入，就像募捐。",
    ),
    (
        "keys.pay.open.none_alone",
        "NONE with ANYONECANPAY: only this input. Whoever has the signature has the coin.",
        "NONE 加 ANYONECANPAY：只固定这个输入。谁拿到签名，谁就拿到币。",
    ),
    (
        "keys.pay.open.single_alone",
        "SINGLE with ANYONECANPAY: this input for that output; all else is open.",
        "SINGLE 加 ANYONECANPAY：这个输入换那个输出，其余都可以改。",
    ),
];
