using Microsoft.Build.Framework;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;
using PgRoll.Build.Linting.Configuration;
using PgRoll.Build.Migrations;
using PgRoll.Build.Tasks.Languages;
using PgRoll.Build.Tasks.Sets;

namespace PgRoll.Build.Tasks;

/// <summary>
/// Checks a project's migrations, prints what is wrong with them, and writes what the project makes of them: one task, because
/// reading them is most of the work.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CompileMigrations : Microsoft.Build.Utilities.Task
{
    /// <summary>The migration files, each with BaseSchema, ClassName, Namespace and Accessibility of its set.</summary>
    [Required]
    public ITaskItem[] Migrations { get; set; } = [];

    /// <summary>The first migration whose risks are told; empty for all.</summary>
    public string LintSince { get; set; } = "";

    /// <summary>Whether a suppression must say why.</summary>
    public bool NeedsReasons { get; set; }

    /// <summary>Rules that the project silences, as the compiler is told; of these, errors are told that are errors by themselves.</summary>
    public string NoWarn { get; set; } = "";

    /// <summary>Absolute path of the source file to write; empty for none. What is written is left alone when its content would not change.</summary>
    public string SchemaVersionFile { get; set; } = "";

    /// <summary>The language of that file, as MSBuild calls it.</summary>
    public string Language { get; set; } = "C#";

    /// <summary>Whether the generated code may use nullable annotations: projects below C# 8 cannot read them.</summary>
    public bool IsNullable { get; set; }

    /// <summary>Absolute path of a folder for the plan of each set's last migration, <c>ClassName.sql</c>; empty for none.</summary>
    public string PlanFolder { get; set; } = "";

    /// <summary>Absolute path of a folder for each set's manifest, <c>ClassName.manifest</c>; empty for none.</summary>
    public string ManifestFolder { get; set; } = "";

    /// <summary>Whether findings are left to somebody else, who builds the same project.</summary>
    public bool IsSilent { get; set; }

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
        try
        {
            var sets = ProjectSets.Of(Migrations);
            IReadOnlyList<(ProjectSet Project, MigrationSet Migrations)> read = [.. sets.Select(set => (set, Load(set)))];
            IReadOnlyList<Diagnostic> findings = [.. read.SelectMany(set => set.Migrations.Diagnostics).Where(finding => !IsSilenced(finding))];
            var hasErrors = findings.Any(finding => finding.Severity == Severity.Error);
            // Whoever found nothing wrong had other settings, if there is an error here.
            if (!IsDesignTime && (!IsSilent || hasErrors))
                foreach (var finding in findings)
                    Log.Write(finding);
            if (IsDesignTime || !hasErrors)
                Write(read);
            IsClean = !IsDesignTime && (IsSilent || findings.All(finding => finding.Severity == Severity.Info));
        }
        catch (Exception error) when (IsDesignTime && error is IOException or UnauthorizedAccessException or SetException)
        {
            return true;
        }
        catch (SetException error)
        {
            Log.Write(BuildErrors.Sets, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.LogErrorFromException(error);
        }
        return !Log.HasLoggedErrors;
    }

    /// <summary>MSBuild silences warnings by itself; what <c>.editorconfig</c> made an error of one it does not know for one.</summary>
    bool IsSilenced(Diagnostic finding) =>
        finding.Rule.Severity != Severity.Error && NoWarn.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(finding.Rule.Id);

    MigrationSet Load(ProjectSet project)
    {
        var set = MigrationSet.Load(project.Files, project.BaseSchema);
        // An editor wants the constant, at every key.
        return IsDesignTime ? set : set.Lint(new LintSettings(
            EditorConfig: EditorConfig.For(project.Files),
            Lock: MigrationLock.Read(project.Folder),
            Since: LintSince.Length == 0 ? null : LintSince,
            NeedsReasons: NeedsReasons));
    }

    void Write(IReadOnlyList<(ProjectSet Project, MigrationSet Migrations)> sets)
    {
        if (SchemaVersionFile.Length > 0)
            // The byte order mark tells compilers the encoding, whatever code page the project sets.
            OutputFile.Write(
                SchemaVersionFile,
                SourceLanguage.Of(Language).Write([.. sets.Select(set => SchemaVersion.Of(set.Project, set.Migrations))], IsNullable),
                withMark: true);
        if (IsDesignTime)
            return;
        foreach (var (project, migrations) in sets)
        {
            if (PlanFolder.Length > 0)
                OutputFile.Write(Path.Combine(PlanFolder, project.ClassName + ".sql"), PlanFile.Write(migrations));
            if (ManifestFolder.Length > 0)
                OutputFile.Write(Path.Combine(ManifestFolder, project.ClassName + ".manifest"), Manifest.Write(migrations));
        }
    }
}
