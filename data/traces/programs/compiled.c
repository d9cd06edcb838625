/* What the compiler's trace is about: a small program that it compiles. */
static int
fibonacci (int n)
{
  return n < 2 ? n : fibonacci (n - 1) + fibonacci (n - 2);
}

int
main (void)
{
  int sum = 0;

  for (int i = 0; i < 20; i++)
    sum += fibonacci (i);
  return sum & 127;
}
