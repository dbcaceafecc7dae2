using System.Runtime.Versioning;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
// No server is started there.
[assembly: UnsupportedOSPlatform("windows")]
