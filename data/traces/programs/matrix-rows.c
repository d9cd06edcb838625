/* Multiplies two matrices, going through the second row after row. */
#define SIZE 128
/* Each row takes a page of its own. */
#define ROW 512

static double a[SIZE][ROW], b[SIZE][ROW], c[SIZE][ROW];

int
main (void)
{
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      a[i][j] = i + j;
      b[i][j] = i - j;
    }
  for (int i = 0; i < SIZE; i += 8)
    for (int k = 0; k < SIZE; k++)
      for (int j = 0; j < SIZE; j++)
        c[i][j] += a[i][k] * b[k][j];
  return c[8][8] != 0;
}
