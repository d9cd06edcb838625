/* wrong: a file in no layer. */
