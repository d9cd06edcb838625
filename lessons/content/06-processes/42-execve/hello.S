# A program of one page of code, one of constants, a counter and a buffer.
        .globl  _start
_start:
        addl    $1, count(%rip)
        movb    $1, buffer+4096(%rip)
        mov     $1, %eax
        mov     $1, %edi
        lea     text(%rip), %rsi
        mov     $6, %edx
        syscall
        mov     $60, %eax
        xor     %edi, %edi
        syscall

        .section .rodata
text:   .ascii  "hello\n"

        .data
count:  .long   41

        .bss
        .balign 16
buffer: .skip   8192

        .section .note.GNU-stack, "", @progbits
