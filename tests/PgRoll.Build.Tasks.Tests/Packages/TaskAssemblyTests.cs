using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PgRoll.Build.Tasks.Tests.Packages;

/// <summary>What Visual Studio's MSBuild, which runs on .NET Framework, must be able to load.</summary>
[TestClass]
public sealed class TaskAssemblyTests
{
    static readonly string[] Host = ["Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core"];

    [TestMethod]
    public async Task The_tasks_refer_to_netstandard_the_host_and_what_is_packed_beside_them()
    {
        var files = Directory.GetFiles(Path.Combine(await PackageUnderTest.UnpackedAsync(), "tasks/netstandard2.0"), "*.dll");
        var packed = files.Select(Path.GetFileNameWithoutExtension).ToList();
        foreach (var file in files)
        {
            using var assembly = new PEReader(File.OpenRead(file));
            var reader = assembly.GetMetadataReader();
            foreach (var reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference))
            {
                var name = reader.GetString(reference.Name);
                Assert.IsTrue(
                    name == "netstandard" ? reference.Version == new Version(2, 0, 0, 0) : Host.Contains(name) ? reference.Version == new Version(15, 1, 0, 0) : packed.Contains(name),
                    $"{Path.GetFileName(file)} refers to {name} {reference.Version}.");
            }
        }
    }

    [TestMethod]
    public async Task What_they_use_of_the_host_is_there_on_NET_Framework()
    {
        var host = CSharpCompilation.Create("Host", references: Host.Select(name => MetadataReference.CreateFromFile(
            Path.Combine(SettingsTests.PackagesFolder, name.ToLowerInvariant(), "17.7.2", "ref", "net472", name + ".dll"))));
        using var assembly = new PEReader(File.OpenRead(Path.Combine(await PackageUnderTest.UnpackedAsync(), "tasks/netstandard2.0/PgRoll.Build.Tasks.dll")));
        var reader = assembly.GetMetadataReader();
        var used = 0;
        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
            if (member.Parent.Kind == HandleKind.TypeReference && reader.GetTypeReference((TypeReferenceHandle)member.Parent) is var type
                && type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && Host.Contains(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)))
            {
                var name = $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
                Assert.IsTrue(Has(host.GetTypeByMetadataName(name), reader.GetString(member.Name)), $"{name}.{reader.GetString(member.Name)}");
                used++;
            }
        Assert.IsGreaterThan(10, used);
    }

    static bool Has(INamedTypeSymbol? type, string member) =>
        type is not null && (!type.GetMembers(member).IsEmpty || Has(type.BaseType, member) || type.AllInterfaces.Any(part => !part.GetMembers(member).IsEmpty));
}
