"""Replacement policies on lists of pages, as textbooks and papers tell them.

Each function takes the references as (page, write) pairs and the number of
frames, and returns the faults and the victims in order. Pages lie in Python
lists and dictionaries; frames have numbers only where a rule names them.
"""

from math import inf


class Frames:
    """Pages in numbered frames; the lowest empty one is filled first."""

    def __init__(self, count):
        self.pages = [None] * count

    def of(self, page):
        return self.pages.index(page) if page in self.pages else None

    def full(self):
        return None not in self.pages

    def put(self, page):
        frame = self.pages.index(None)
        self.pages[frame] = page
        return frame


def fifo(references, size):
    queue, faults, victims = [], 0, []
    for page, _ in references:
        if page in queue:
            continue
        faults += 1
        if len(queue) == size:
            victims.append(queue.pop(0))
        queue.append(page)
    return faults, victims


def by_recency(references, size, end):
    """A stack with the latest page last; the victim is at the given end."""
    stack, faults, victims = [], 0, []
    for page, _ in references:
        if page in stack:
            stack.remove(page)
        else:
            faults += 1
            if len(stack) == size:
                victims.append(stack.pop(end))
        stack.append(page)
    return faults, victims


def lru(references, size):
    return by_recency(references, size, 0)


def mru(references, size):
    return by_recency(references, size, -1)


def clock(references, size, at_load):
    frames, bits, hand = Frames(size), [False] * size, 0
    faults, victims = 0, []
    for page, _ in references:
        frame = frames.of(page)
        if frame is not None:
            bits[frame] = True
            continue
        faults += 1
        if not frames.full():
            bits[frames.put(page)] = at_load
            continue
        while bits[hand]:
            bits[hand] = False
            hand = (hand + 1) % size
        victims.append(frames.pages[hand])
        frames.pages[hand] = page
        bits[hand] = at_load
        hand = (hand + 1) % size
    return faults, victims


def clock_set(references, size):
    return clock(references, size, True)


def clock_clear(references, size):
    return clock(references, size, False)


def second_chance(references, size):
    queue, used, faults, victims = [], set(), 0, []
    for page, _ in references:
        if page not in queue:
            faults += 1
            if len(queue) == size:
                while queue[0] in used:
                    used.discard(queue[0])
                    queue.append(queue.pop(0))
                victims.append(queue.pop(0))
            queue.append(page)
        used.add(page)
    return faults, victims


def nru(references, size, interval=None):
    interval = interval or size
    frames, used, written = Frames(size), set(), set()
    faults, victims = 0, []
    for number, (page, write) in enumerate(references, 1):
        if frames.of(page) is None:
            faults += 1
            if frames.full():
                victim = min(frames.pages, key=lambda p: (p in used, p in written,
                                                          frames.of(p)))
                victims.append(victim)
                frames.pages[frames.of(victim)] = None
                written.discard(victim)
                used.discard(victim)
            frames.put(page)
        used.add(page)
        if write:
            written.add(page)
        if number % interval == 0:
            used.clear()
    return faults, victims


def aging(references, size, interval=None):
    interval = interval or size
    frames, age, used = Frames(size), {}, set()
    faults, victims = 0, []
    for number, (page, _) in enumerate(references, 1):
        if frames.of(page) is None:
            faults += 1
            if frames.full():
                victim = min(frames.pages, key=lambda p: (age[p], frames.of(p)))
                victims.append(victim)
                frames.pages[frames.of(victim)] = None
                used.discard(victim)
            frames.put(page)
            age[page] = 128
        else:
            used.add(page)
        if number % interval == 0:
            for one in frames.pages:
                if one is not None:
                    age[one] = age[one] // 2 + (128 if one in used else 0)
            used.clear()
    return faults, victims


def lfu(references, size, interval=inf):
    count, latest, faults, victims = {}, {}, 0, []
    for number, (page, _) in enumerate(references, 1):
        if page not in count:
            faults += 1
            if len(count) == size:
                victim = min(count, key=lambda p: (count[p], latest[p]))
                victims.append(victim)
                del count[victim]
            count[page] = 0
        count[page] += 1
        latest[page] = number
        if number % interval == 0:
            for one in count:
                count[one] //= 2
    return faults, victims


def lfu_aging(references, size, interval=None):
    return lfu(references, size, interval or 4 * size)


def lots(seed):
    """Marsaglia's xorshift64 with 13, 7, 17."""
    while True:
        seed ^= seed << 13 & (1 << 64) - 1
        seed ^= seed >> 7
        seed ^= seed << 17 & (1 << 64) - 1
        yield seed


def random(references, size, seed=1):
    frames, drawn, faults, victims = Frames(size), lots(seed), 0, []
    for page, _ in references:
        if frames.of(page) is not None:
            continue
        faults += 1
        if frames.full():
            frame = (next(drawn) >> 32) % size
            victims.append(frames.pages[frame])
            frames.pages[frame] = None
        frames.put(page)
    return faults, victims


def opt(references, size):
    pages = [page for page, _ in references]
    frames, faults, victims = Frames(size), 0, []
    for now, page in enumerate(pages):
        if frames.of(page) is not None:
            continue
        faults += 1
        if frames.full():
            def distance(one, rest=pages[now:]):
                return rest.index(one) if one in rest else inf
            far = max(map(distance, frames.pages))
            frame = next(f for f, p in enumerate(frames.pages) if distance(p) == far)
            victims.append(frames.pages[frame])
            frames.pages[frame] = None
        frames.put(page)
    return faults, victims


def two_list(references, size):
    """Linux before it evicts: accessed bits are seen by the scan only."""
    active, inactive = [], []           # oldest first
    accessed, marked, faults, victims = set(), set(), 0, []

    def scan():
        while True:
            if len(inactive) < len(active) or not inactive:
                page = active.pop(0)
                accessed.discard(page)
                inactive.append(page)
                continue
            page = inactive.pop(0)
            if page not in accessed:
                marked.discard(page)
                return page
            accessed.discard(page)
            if page in marked:
                active.append(page)
            else:
                marked.add(page)
                inactive.append(page)

    for page, _ in references:
        if page not in active and page not in inactive:
            faults += 1
            if len(active) + len(inactive) == size:
                victims.append(scan())
            inactive.append(page)
        accessed.add(page)
    return faults, victims


def two_queues(references, size):
    kin, kout = max(1, size // 4), max(1, size // 2)
    a1in, a1out, am, faults, victims = [], [], [], 0, []   # heads first

    def reclaim():
        if len(a1in) + len(am) < size:
            return
        if len(a1in) > kin or not am:
            page = a1in.pop()
            a1out.insert(0, page)
            if len(a1out) > kout:
                a1out.pop()
        else:
            page = am.pop()
        victims.append(page)

    for page, _ in references:
        if page in am:
            am.remove(page)
            am.insert(0, page)
        elif page in a1out:
            faults += 1
            a1out.remove(page)
            reclaim()
            am.insert(0, page)
        elif page not in a1in:
            faults += 1
            reclaim()
            a1in.insert(0, page)
    return faults, victims


def arc(references, size):
    """Figure 4 of the paper, case by case; heads are most recently used."""
    t1, t2, b1, b2, border = [], [], [], [], 0
    faults, victims = 0, []

    def replace(page):
        if t1 and (len(t1) > border or page in b2 and len(t1) == border):
            b1.insert(0, t1.pop())
            victims.append(b1[0])
        else:
            b2.insert(0, t2.pop())
            victims.append(b2[0])

    for page, _ in references:
        if page in t1 or page in t2:
            (t1 if page in t1 else t2).remove(page)
            t2.insert(0, page)
            continue
        faults += 1
        if page in b1:
            border = min(border + max(1, len(b2) // len(b1)), size)
            replace(page)
            b1.remove(page)
            t2.insert(0, page)
        elif page in b2:
            border = max(border - max(1, len(b1) // len(b2)), 0)
            replace(page)
            b2.remove(page)
            t2.insert(0, page)
        else:
            if len(t1) + len(b1) == size:
                if len(t1) < size:
                    b1.pop()
                    replace(page)
                else:
                    victims.append(t1.pop())
            elif len(t1) + len(t2) + len(b1) + len(b2) >= size:
                if len(t1) + len(t2) + len(b1) + len(b2) == 2 * size:
                    b2.pop()
                replace(page)
            t1.insert(0, page)
    return faults, victims


def sieve(references, size):
    queue, visited, hand, faults, victims = [], set(), None, 0, []  # head first
    for page, _ in references:
        if page in queue:
            visited.add(page)
            continue
        faults += 1
        if len(queue) == size:
            at = len(queue) - 1 if hand is None else queue.index(hand)
            while queue[at] in visited:
                visited.discard(queue[at])
                at = (at - 1) % len(queue)
            hand = queue[at - 1] if at > 0 else None
            victims.append(queue.pop(at))
        queue.insert(0, page)
    return faults, victims


def s3_fifo(references, size):
    small, main, ghosts, freq = [], [], [], {}      # heads first
    faults, victims = 0, []
    remembered = max(1, 9 * size // 10)

    def evict_main():
        while main:
            page = main.pop()
            if freq[page] == 0:
                victims.append(page)
                return True
            freq[page] -= 1
            main.insert(0, page)
        return False

    def evict_small():
        while small:
            page = small.pop()
            if freq[page] > 1:
                full = 10 * len(main) >= 9 * size
                freq[page] = 0
                main.insert(0, page)
                if full:
                    return evict_main()
            else:
                ghosts.insert(0, page)
                del ghosts[remembered:]
                victims.append(page)
                return True
        return False

    for page, _ in references:
        if page in small or page in main:
            freq[page] = min(freq[page] + 1, 3)
            continue
        faults += 1
        known = page in ghosts
        if known:
            ghosts.remove(page)
        while len(small) + len(main) == size:
            if 10 * len(small) >= size:
                evict_small()
            else:
                evict_main()
        freq[page] = 0
        (main if known else small).insert(0, page)
    return faults, victims


POLICIES = {
    "fifo": fifo, "lru": lru, "mru": mru, "clock-set": clock_set,
    "clock-clear": clock_clear, "second-chance": second_chance, "nru": nru,
    "aging": aging, "lfu": lfu, "lfu-aging": lfu_aging, "random": random,
    "opt": opt, "two-list": two_list, "2q": two_queues, "arc": arc,
    "sieve": sieve, "s3-fifo": s3_fifo,
}
