using Microsoft.Build.Framework;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;
using PgRoll.Build.Linting.Configuration;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Tasks;

/// <summary>
/// Checks a project's migrations, prints what is wrong with them, and writes what the project compiles of them: one task, because
/// reading them is most of the work.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CompileMigrations : Microsoft.Build.Utilities.Task
{
    /// <summary>Absolute paths of the migration files.</summary>
    [Required]
    public string[] Migrations { get; set; } = [];

    /// <summary>The schema the tables live in.</summary>
    [Required]
    public string BaseSchema { get; set; } = "";

    /// <summary>The first migration whose risks are told; empty for all.</summary>
    public string LintSince { get; set; } = "";

    /// <summary>Whether a suppression must say why.</summary>
    public bool NeedsReasons { get; set; }

    /// <summary>Absolute path of the C# file to write; empty to check only. It is left alone when its content would not change.</summary>
    public string SchemaVersionFile { get; set; } = "";

    /// <summary>The name of the generated class.</summary>
    public string ClassName { get; set; } = "SchemaVersion";

    /// <summary>The namespace of the generated class; empty for none.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Whether the generated class is public.</summary>
    public bool IsPublic { get; set; }

    /// <summary>Whether the generated code may use nullable annotations: projects below C# 8 cannot read them.</summary>
    public bool IsNullable { get; set; }

    /// <summary>
    /// Whether an editor asks for the code that the compiler would see. Findings belong to real builds, and broken migrations must not
    /// take the constant away from those who write code.
    /// </summary>
    public bool IsDesignTime { get; set; }

    /// <summary>
    /// Whether a build of the same files has nothing to say. Errors that an option made of warnings count too, though MSBuild does not
    /// tell the task about them.
    /// </summary>
    [Output]
    public bool IsClean { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        MigrationSet set;
        try
        {
            set = Load();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!IsDesignTime)
                Log.LogErrorFromException(error);
            return IsDesignTime;
        }
        if (!IsDesignTime)
            foreach (var diagnostic in set.Diagnostics)
                Log.Write(diagnostic);
        if (SchemaVersionFile.Length > 0 && (IsDesignTime || !set.HasErrors))
            WriteIfDifferent(SchemaVersionFile, Source(set));
        IsClean = !IsDesignTime && set.Diagnostics.All(d => d.Severity == Severity.Info);
        return !Log.HasLoggedErrors;
    }

    MigrationSet Load()
    {
        var set = MigrationSet.Load(Migrations, BaseSchema);
        // An editor wants the constant, at every key.
        return IsDesignTime || Migrations.Length == 0 ? set : set.Lint(new LintSettings(
            EditorConfig: EditorConfig.For(Migrations),
            Lock: MigrationLock.Read(Path.GetDirectoryName(Migrations[0])!),
            Since: LintSince.Length == 0 ? null : LintSince,
            NeedsReasons: NeedsReasons));
    }

    string Source(MigrationSet set)
    {
        // Of a file that cannot be read, its name is the best guess; only editors get to see it.
        var versions =
            from file in MigrationFile.InOrder(Migrations)
            let name = Path.GetFileNameWithoutExtension(file)
            select (name, set.Migrations.FirstOrDefault(m => m.Document.File == file)?.Version ?? name);
        return new SchemaVersionSource(set.BaseSchema, [.. versions], Checksum.Of(set.Migrations))
        {
            ClassName = ClassName,
            Namespace = Namespace,
            IsPublic = IsPublic,
            IsNullable = IsNullable,
        }.ToString();
    }

    static void WriteIfDifferent(string file, string content)
    {
        if (File.Exists(file) && File.ReadAllText(file) == content)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // The byte order mark tells compilers the encoding, whatever code page the project sets.
        File.WriteAllText(file, content, System.Text.Encoding.UTF8);
    }
}
