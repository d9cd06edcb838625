/* Walks a linked list whose nodes lie all over a mebibyte. */
#define NODES 16384

struct node {
  struct node *next;
  long value[7];
};

static struct node nodes[NODES];

int
main (void)
{
  unsigned place = 0;
  long sum = 0;

  /* An odd step visits every node once before it comes back. */
  for (unsigned i = 0; i < NODES; i++) {
    unsigned next = (place + 9973) % NODES;
    nodes[place].value[0] = i;
    nodes[place].next = &nodes[next];
    place = next;
  }
  struct node *node = nodes;
  for (int i = 0; i < 20 * NODES; i++, node = node->next)
    sum += node->value[0];
  return sum < 0;
}
