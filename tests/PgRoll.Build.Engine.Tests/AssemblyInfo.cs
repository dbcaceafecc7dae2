// Many of these tests wait, for locks and for other sessions: two would leave the machine idle meanwhile.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel, Workers = 3)]
