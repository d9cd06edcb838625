/* The table of operations, printed. */
#ifndef CLI_OP_TABLE_H
#define CLI_OP_TABLE_H

/* Both print on standard output: an object for each operation, or a text with
 * the parameters, what they may be and what they are by default. */
void cli_op_table_print_json (void);
void cli_op_table_print_text (void);

#endif
