# An interpreter that does nothing but what all of them do last: it looks up
# AT_ENTRY (9) in the auxiliary vector and jumps there.
        .globl  _start
_start: mov     (%rsp), %rax
        lea     16(%rsp,%rax,8), %rsi
1:      mov     (%rsi), %rax
        add     $8, %rsi
        test    %rax, %rax
        jnz     1b
2:      mov     (%rsi), %rax
        add     $16, %rsi
        cmp     $9, %rax
        jne     2b
        jmp     *-8(%rsi)

        .section .note.GNU-stack, "", @progbits
