//! The names of characters that are not seen.

use super::Row;

/// Rows of the characters.
pub const ROWS: &[Row] = &[
    ("hidden.left_to_right_embedding", "left-to-right embedding", "从左到右嵌入"),
    ("hidden.right_to_left_embedding", "right-to-left embedding", "从右到左嵌入"),
    ("hidden.pop_directional_formatting", "end of embedding or override", "嵌入或强制方向结束"),
    ("hidden.left_to_right_override", "left-to-right override", "强制从左到右"),
    ("hidden.right_to_left_override", "right-to-left override", "强制从右到左"),
    ("hidden.left_to_right_isolate", "left-to-right isolate", "从左到右隔离"),
    ("hidden.right_to_left_isolate", "right-to-left isolate", "从右到左隔离"),
    ("hidden.first_strong_isolate", "first strong isolate", "按首字方向隔离"),
    ("hidden.pop_directional_isolate", "end of isolate", "方向隔离结束"),
    ("hidden.left_to_right_mark", "left-to-right mark", "从左到右标记"),
    ("hidden.right_to_left_mark", "right-to-left mark", "从右到左标记"),
    ("hidden.zero_width_space", "zero-width space", "零宽空格"),
    ("hidden.zero_width_non_joiner", "zero-width non-joiner", "零宽不连字"),
    ("hidden.zero_width_joiner", "zero-width joiner", "零宽连字"),
    ("hidden.word_joiner", "word joiner", "词连接符"),
    ("hidden.byte_order_mark", "byte order mark", "字节顺序标记"),
    ("hidden.soft_hyphen", "soft hyphen", "软连字符"),
    ("hidden.variation_selector", "variation selector", "异体选择符"),
    ("hidden.tag", "tag character", "标签字符"),
    ("hidden.carriage_return", "carriage return", "回车"),
    ("hidden.control", "control character", "控制字符"),
    ("hidden.other", "a character that is not seen", "看不见的字符"),
];
