"""Two mappings that take turns: generators, and a little framework that resumes them."""


class Promise:
    def set_result(self, value):
        self.value = value

    def result(self):
        return self.value


def run_until_complete(tasks):
    while tasks:
        for task in list(tasks):
            try:
                next(task)
            except StopIteration:
                tasks.remove(task)


def amap(promise, function, sequence):
    results = []
    for item in sequence:
        results.append(function(item))
        yield
    promise.set_result(results)


def double(item):
    print("double", item)
    return 2 * item


a, b = Promise(), Promise()
both = [
    amap(a, double, range(3)),
    amap(b, double, range(10, 13)),
]
run_until_complete(both)
print(a.result(), b.result())
